package io.stateward.cache.spi;

/** The kit's subject with the flaw that a test chose. */
final class FlawedOutboxFixture extends OutboxContract<FlawedOutbox.Transaction> {

  static OutboxFlaw flaw = OutboxFlaw.NONE;

  private final FlawedOutbox outbox = new FlawedOutbox(flaw);

  @Override
  protected Outbox<FlawedOutbox.Transaction> outbox() {
    return outbox;
  }

  @Override
  protected FlawedOutbox.Transaction begin() {
    return outbox.begin();
  }

  @Override
  protected void commit(FlawedOutbox.Transaction transaction) {
    transaction.commit();
  }

  @Override
  protected void rollBack(FlawedOutbox.Transaction transaction) {
    transaction.rollBack();
  }

  @Override
  protected void settle() {
    outbox.settle();
  }
}
