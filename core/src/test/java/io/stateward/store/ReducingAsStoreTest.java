package io.stateward.store;

import org.junit.jupiter.api.DisplayName;

@DisplayName("A reducing store with middleware, as a store")
final class ReducingAsStoreTest extends StoreContract {

  @Override
  public Store<Sample> create(String name, Sample initial) {
    ReducingStore<Sample, Deed> store = Store.reducing(name, initial, Deed.reducer());
    store.use(Middleware.around((deed, next) -> next.dispatch(deed)));
    store.use(Middleware.checking((before, after) -> null));
    return store;
  }
}
