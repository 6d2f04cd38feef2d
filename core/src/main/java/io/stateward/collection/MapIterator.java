package io.stateward.collection;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Walks the entries of a trie depth first, a node's own entries before those of its children.
 *
 * <p>Only the iterator over entries makes an object per element; keys and values come as they are.
 */
abstract class MapIterator<T> implements Iterator<T> {

  /** Seven levels of branch nodes and one of collision nodes. */
  private static final int LEVELS = 8;

  private final MapNode[] path = new MapNode[LEVELS];
  private final int[] nextChild = new int[LEVELS]; // position in content; children end at the left
  private int depth;

  private Object[] entries; // the content of the node whose entries are being handed out
  private int position;
  private int end;

  MapIterator(MapNode root) {
    entries = root.content;
    enter(root);
    if (end == 0) {
      advance();
    }
  }

  static <K> Iterator<K> keys(MapNode root) {
    return new MapIterator<>(root) {
      @Override
      @SuppressWarnings("unchecked")
      K element(Object key, Object value) {
        return (K) key;
      }
    };
  }

  static <V> Iterator<V> values(MapNode root) {
    return new MapIterator<>(root) {
      @Override
      @SuppressWarnings("unchecked")
      V element(Object key, Object value) {
        return (V) value;
      }
    };
  }

  static <K, V> Iterator<Map.Entry<K, V>> entries(MapNode root) {
    return new MapIterator<>(root) {
      @Override
      @SuppressWarnings("unchecked")
      Map.Entry<K, V> element(Object key, Object value) {
        return Map.entry((K) key, (V) value);
      }
    };
  }

  abstract T element(Object key, Object value);

  @Override
  public final boolean hasNext() {
    return position < end;
  }

  @Override
  public final T next() {
    int at = position;
    if (at >= end) {
      throw new NoSuchElementException("The iteration is over; ask hasNext() before next().");
    }
    T element = element(entries[at], entries[at + 1]);
    position = at + 2;
    if (position == end) {
      advance();
    }
    return element;
  }

  private void enter(MapNode node) {
    path[depth] = node;
    nextChild[depth] = node.content.length - 1;
    entries = node.content;
    position = 0;
    end = node.entriesEnd();
  }

  /** Goes on to the next node that has entries of its own, or to the end. */
  private void advance() {
    while (depth >= 0) {
      MapNode node = path[depth];
      int child = nextChild[depth]--;
      if (child < node.entriesEnd()) {
        depth--;
      } else {
        depth++;
        enter(node.child(child));
        if (end > 0) {
          return;
        }
      }
    }
  }
}
