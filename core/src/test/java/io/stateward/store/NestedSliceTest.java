package io.stateward.store;

import org.junit.jupiter.api.DisplayName;

@DisplayName("A slice of a slice")
final class NestedSliceTest extends StoreContract {

  private record App(Page page) {
    App withPage(Page other) {
      return new App(other);
    }
  }

  private record Page(int number, Sample sample) {
    Page withSample(Sample other) {
      return new Page(number, other);
    }
  }

  @Override
  public Store<Sample> create(String name, Sample initial) {
    return Store.of(name, new App(new Page(1, initial)))
        .slice(App::page, App::withPage)
        .slice(Page::sample, Page::withSample)
        .named(name);
  }
}
