package io.stateward.cache;

import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One write of the source with its announcement and its invalidation, step by step. */
final class ModelWriter {

  enum At {
    BEGIN,
    COMMIT,
    END,
    DONE,
    CRASHED,
    FORGOTTEN
  }

  final int number;
  final ModelSetting.Mode mode;
  At at;
  int value;
  @Nullable Intent intent;

  ModelWriter(int number, ModelSetting.Mode mode) {
    this.number = number;
    this.mode = mode;
    this.at = mode == ModelSetting.Mode.AFTER ? At.COMMIT : At.BEGIN;
  }

  ModelWriter copy() {
    ModelWriter copy = new ModelWriter(number, mode);
    copy.at = at;
    copy.value = value;
    copy.intent = intent;
    return copy;
  }

  boolean over() {
    return at == At.DONE || at == At.FORGOTTEN || (at == At.CRASHED && intent == null);
  }

  /** Takes the next step. */
  void step(ModelWorld world) {
    switch (at) {
      case BEGIN -> {
        intent =
            ModelWorld.now(
                world.session(number % 2).begin(ModelWorld.KEY, ModelWorld.limit(number)));
        invalidated(world, intent.stamp());
        at = At.COMMIT;
      }
      case COMMIT -> {
        value = ++world.source;
        at = At.END;
      }
      case END -> {
        invalidated(world, end(world));
        at = At.DONE;
      }
      default -> throw new IllegalStateException("It is over.");
    }
  }

  private Stamp end(ModelWorld world) {
    Intent mine = intent;
    if (mine == null) {
      return ModelWorld.now(
          world
              .session(number % 2)
              .invalidate(
                  new Invalidation.Key(ModelWorld.KEY, world.setting.engine().version(value))));
    }
    LayerEntry entry =
        mode == ModelSetting.Mode.THROUGH
            ? mine.entry(
                    new byte[] {(byte) value}, Set.of(), null, ModelWorld.LONG, ModelWorld.LONG)
                .withVersion(world.setting.engine().version(value))
            : null;
    return ModelWorld.now(world.session(number % 2).complete(ModelWorld.KEY, mine, entry)).stamp();
  }

  /** The own memory first, then a message to all. */
  private void invalidated(ModelWorld world, Stamp stamp) {
    world.instances[number % 2].invalidate();
    for (ModelInstance instance : world.instances) {
      instance.inbox.add(stamp);
    }
  }

  @Override
  public String toString() {
    return at + "/" + value + "/" + intent;
  }
}
