package io.stateward.store;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A store that takes middleware around its updates, as a store")
final class UpdatingAsStoreTest extends StoreContract {

  @Override
  public Store<Sample> create(String name, Sample initial) {
    ReducingStore<Sample, UnaryOperator<Sample>> store = Store.updating(name, initial);
    store.use(Middleware.around((update, next) -> next.dispatch(update)));
    return store;
  }
}
