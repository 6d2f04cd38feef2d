package io.stateward.sync.hub;

import io.stateward.sync.spi.SharedType;
import io.stateward.time.VirtualTimekeeper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Hubs that run on the calling thread, in virtual time, with names that count. */
final class TestHub {

  final VirtualTimekeeper time = VirtualTimekeeper.create();
  final List<HubEvent> events = new ArrayList<>();
  private final AtomicInteger names = new AtomicInteger();
  Authorizer authorizer = Authorizer.everybody();
  HubLimits limits = HubLimits.standard();
  HubTimes times = HubTimes.standard();
  Executor executor = Runnable::run;
  Consumer<HubEvent> whenTold = event -> {};

  SyncHub open(DocumentStorage storage, SharedType... more) {
    return SyncHub.named("test")
        .types(new ListType())
        .types(more)
        .storage(storage)
        .authorizer(authorizer)
        .limits(limits)
        .times(times)
        .executor(executor)
        .timekeeper(time)
        .names(() -> "n" + names.incrementAndGet())
        .listener(
            event -> {
              events.add(event);
              whenTold.accept(event);
            })
        .open();
  }

  SyncHub open() {
    return open(DocumentStorage.memory());
  }

  <E extends HubEvent> List<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
