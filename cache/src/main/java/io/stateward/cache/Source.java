package io.stateward.cache;

import java.util.function.Consumer;

/** Where a fetch gets what its layer does not have: from the loader, or through the next layer. */
interface Source<K, V> {

  /** Asks. The answer is given once, on any thread; nothing is thrown. */
  void ask(Need<K, V> need, Consumer<Supply<V>> answer);

  /**
   * A layer and what is behind it. Every question is one of its own: what is asked for under a
   * lease of the layer above must not have been read before that lease was given.
   *
   * @param cache whose
   * @param link the layer
   * @param next what is behind it
   */
  record Layer<K, V>(CacheEngine<K, V> cache, Link link, Source<K, V> next)
      implements Source<K, V> {

    @Override
    public void ask(Need<K, V> need, Consumer<Supply<V>> answer) {
      Sink<K, V, Supply<V>> upwards = new Sink.Upwards<>(cache);
      Stages.onEnd(
          new Fetch<>(cache, link, next, need, upwards).start(),
          (supply, failure) ->
              answer.accept(
                  supply == null ? upwards.failed(need.flight(), need.stale(), failure) : supply));
    }
  }
}
