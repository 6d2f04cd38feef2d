package io.stateward.store;

import org.junit.jupiter.api.DisplayName;

@DisplayName("A slice of a store")
final class SliceTest extends StoreContract {

  private record App(String title, Sample sample) {
    App withSample(Sample other) {
      return new App(title, other);
    }
  }

  @Override
  public Store<Sample> create(String name, Sample initial) {
    return Store.of(name, new App("board", initial))
        .slice(App::sample, App::withSample)
        .named(name);
  }
}
