package io.stateward.store;

import org.junit.jupiter.api.DisplayName;

@DisplayName("A reducing store")
final class ReducingRootTest extends ReducingContract {

  @Override
  public ReducingStore<Sample, Deed> create(
      String name, Sample initial, Reducer<Sample, Deed> reducer) {
    return Store.reducing(name, initial, reducer);
  }
}
