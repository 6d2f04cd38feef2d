package io.stateward.store;

import org.junit.jupiter.api.DisplayName;

@DisplayName("A root store")
final class RootStoreTest extends StoreContract {

  @Override
  public Store<Sample> create(String name, Sample initial) {
    return Store.of(name, initial);
  }
}
