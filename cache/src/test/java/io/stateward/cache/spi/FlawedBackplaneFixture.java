package io.stateward.cache.spi;

/** The contract, on a backplane with a flaw. Run by {@link CacheContractsAreSharpTest}. */
final class FlawedBackplaneFixture extends BackplaneContract {

  static BackplaneFlaw flaw = BackplaneFlaw.NONE;

  private final Backplane backplane = new FlawedBackplane(flaw);

  @Override
  protected Backplane backplane() {
    return backplane;
  }
}
