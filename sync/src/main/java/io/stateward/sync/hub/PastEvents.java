package io.stateward.sync.hub;

import io.stateward.signal.Probe;
import io.stateward.sync.protocol.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the events that a client asks for, unless they are too many or held no more. */
final class PastEvents {

  private PastEvents() {}

  /** Returns the answer to a question for the events after a sequence, up to another. Blocks. */
  static Frame.History answer(
      HubSetting setting, OpenDocument source, String document, long after, long until) {
    @Nullable List<Frame.Update> events = null;
    try {
      events = after < 0 ? null : collect(setting, source, after, until);
    } catch (Throwable t) { // storage
      Probe.report(setting.where(document), "Its older changes cannot be read.", t);
    }
    return new Frame.History(document, Math.max(0, after), events);
  }

  private static @Nullable List<Frame.Update> collect(
      HubSetting setting, OpenDocument source, long after, long until) {
    List<Frame.Update> events = new ArrayList<>();
    long bytes = 0;
    long next = after + 1;
    while (next <= until) {
      Event recent = source.recent().at(next);
      List<Event> found = recent == null ? source.older(next) : List.of(recent);
      for (Event each : found) {
        if (each.sequence() <= until) {
          events.add(each.frame());
          bytes += each.bytes;
        }
      }
      next += found.size();
      if (found.isEmpty() || bytes > setting.limits().eachConnection().answerCharacters() / 2) {
        return null;
      }
    }
    return events;
  }
}
