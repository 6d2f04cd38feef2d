package io.stateward.cache;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A write of the source that is about to happen: announced, as far as there is a layer. */
sealed interface Writing<V> permits LocalWriting, SharedWriting {

  /**
   * The source was written: completes when the key is invalidated, or what was written is stored.
   *
   * @param value what the source has now
   * @param tags what it can be invalidated by; null if it is not known what was written
   */
  CompletionStage<Stamp> end(@Nullable V value, @Nullable Set<String> tags);

  /** The write failed, so the source may have been written all the same. Never fails itself. */
  CompletionStage<@Nullable Object> abandon();
}
