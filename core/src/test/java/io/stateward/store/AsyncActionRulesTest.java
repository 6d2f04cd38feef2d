package io.stateward.store;

import io.stateward.flow.Task;
import java.util.function.Function;

final class AsyncActionRulesTest extends AsyncContract {

  static AsyncAction<Integer, String> action(Parts parts) {
    AsyncAction<Integer, String> bare =
        switch (parts.policy()) {
          case EVERY -> AsyncAction.every("user/fetch", parts.call());
          case LATEST -> AsyncAction.latest("user/fetch", parts.call());
          case QUEUE -> AsyncAction.queue("user/fetch", parts.call());
          case DROP -> AsyncAction.drop("user/fetch", parts.call());
        };
    return bare.into(parts.store()).when(parts.condition()).timekeeper(parts.timekeeper());
  }

  @Override
  public Function<Integer, Task<String>> create(Parts parts) {
    return action(parts)::start;
  }
}
