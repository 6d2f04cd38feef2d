package io.stateward.history;

import io.stateward.collection.DiffVisitor;
import java.util.function.ToLongFunction;

/** Adds up the values that the later version does not have any more. */
final class Lost<K, V> implements DiffVisitor<K, V> {

  private final ToLongFunction<? super V> size;
  long total;

  Lost(ToLongFunction<? super V> size) {
    this.size = size;
  }

  @Override
  public void added(K key, V now) {
    // the older state holds nothing for it
  }

  @Override
  public void removed(K key, V was) {
    total += size.applyAsLong(was);
  }

  @Override
  public void changed(K key, V was, V now) {
    total += size.applyAsLong(was);
  }
}
