package io.stateward.statemachine.scxml;

import io.stateward.codec.Tree;
import io.stateward.statemachine.scxml.DataModel.Expression;
import io.stateward.statemachine.scxml.DataModel.Location;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event that a machine sends to itself.
 *
 * @param number which of its document, so that it has a name without an id
 * @param event the name of the event
 * @param type of the processor, or null for the usual one
 * @param target the address, or null for the machine itself
 * @param id what to cancel it by, or null for nothing
 * @param idLocation where to keep an id that is made for it, or null
 * @param delay how long to wait, or null for not at all
 * @param data what comes with the event
 */
record Sending(
    int number,
    Expression event,
    @Nullable Expression type,
    @Nullable Expression target,
    @Nullable String id,
    @Nullable Location idLocation,
    @Nullable Expression delay,
    Payload data)
    implements Content {

  static final String INTERNAL = "#_internal";

  private static final Set<String> PROCESSORS =
      Set.of("scxml", Evaluator.PROCESSOR, Evaluator.PROCESSOR + "/");
  private static final String SENT = "#sent";

  @Override
  public String label() {
    return "send";
  }

  @Override
  public void run(Run run) {
    String sendId = id == null && idLocation != null ? made(run, idLocation) : id;
    try {
      send(run, sendId);
    } catch (Failure failure) {
      throw failure.of(sendId);
    }
  }

  /** An id that no other event of this instance has. */
  private String made(Run run, Location location) {
    Tree last = run.variables().find(SENT);
    long count = last == null ? 1 : last.asLong() + 1;
    run.assign(run.variables().with(SENT, Tree.of(count)));
    String made = "send." + count;
    run.assign(location, Tree.of(made));
    return made;
  }

  private void send(Run run, @Nullable String sendId) {
    String name = run.text(event);
    if (type != null && !PROCESSORS.contains(run.text(type))) {
      throw Failure.execution("There is no processor of the type '%s'.".formatted(run.text(type)));
    }
    String address = target == null ? "" : run.text(target);
    String self = run.bindings().address();
    boolean internal = address.equals(INTERNAL);
    if (!internal && !address.isEmpty() && !address.equals(self)) {
      throw elsewhere(address);
    }
    long millis = delay == null ? 0 : Delays.millis(run.text(delay));
    Tree with = data.make(run);
    if (!internal) {
      run.context()
          .send(
              sendId == null ? nameless(number) : sendId,
              millis,
              new ScxmlEvent(name, with, ScxmlEvent.Type.EXTERNAL, sendId, self));
    } else if (millis == 0) {
      run.context().raise(new ScxmlEvent(name, with, ScxmlEvent.Type.INTERNAL, sendId, null));
    } else {
      throw Failure.execution("What is sent to %s cannot wait.".formatted(INTERNAL));
    }
  }

  /** What nobody can cancel, as no id has such a form. */
  static String nameless(int number) {
    return "#" + number;
  }

  private static Failure elsewhere(String address) {
    return address.startsWith(Bindings.PREFIX)
        ? Failure.communication("No machine has the address '%s'.".formatted(address))
        : Failure.execution("'%s' is no address of this machine.".formatted(address));
  }
}
