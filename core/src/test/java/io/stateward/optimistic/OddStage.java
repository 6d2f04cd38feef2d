package io.stateward.optimistic;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;

/** Makes stages that convert to no future, which the contract of stages allows. */
final class OddStage {

  private OddStage() {}

  @SuppressWarnings("unchecked") // a proxy for the one interface
  static <T> CompletionStage<T> of(CompletionStage<T> right) {
    return (CompletionStage<T>)
        Proxy.newProxyInstance(
            OddStage.class.getClassLoader(),
            new Class<?>[] {CompletionStage.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("toCompletableFuture")) {
                throw new UnsupportedOperationException("no future");
              }
              try {
                return method.invoke(right, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
