package io.stateward.collection;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entries whose keys have the same 32-bit hash: pairs in the order in which they came, searched
 * one by one. Always copied, never owned: it is rare and nearly always tiny.
 */
final class CollisionNode extends MapNode {

  CollisionNode(Object[] content) {
    super(content);
  }

  @Override
  int entriesEnd() {
    return content.length;
  }

  @Override
  @Nullable Object find(Object key, int hash, int shift) {
    int position = position(key);
    return position < 0 ? null : content[position + 1];
  }

  @Override
  MapNode plus(Object key, Object value, int hash, int shift, Edit edit) {
    int position = position(key);
    if (position < 0) {
      Object[] longer = Arrays.copyOf(content, content.length + 2);
      longer[content.length] = key;
      longer[content.length + 1] = value;
      return new CollisionNode(longer);
    }
    edit.previous = content[position + 1];
    if (edit.previous == value) {
      return this;
    }
    Object[] copy = content.clone();
    copy[position + 1] = value;
    return new CollisionNode(copy);
  }

  @Override
  MapNode minus(Object key, int hash, int shift, Edit edit) {
    int position = position(key);
    if (position < 0) {
      return this;
    }
    edit.previous = content[position + 1];
    Object[] shorter = Arrays.copyOf(content, content.length - 2);
    System.arraycopy(content, position + 2, shorter, position, shorter.length - position);
    return new CollisionNode(shorter);
  }

  private int position(Object key) {
    for (int i = 0; i < content.length; i += 2) {
      if (key.equals(content[i])) {
        return i;
      }
    }
    return -1;
  }
}
