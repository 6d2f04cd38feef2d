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
  boolean posted; // whether its invalidation was committed, and is to be relayed
  @Nullable Intent intent;

  ModelWriter(int number, ModelSetting.Mode mode) {
    this.number = number;
    this.mode = mode;
    boolean announced = mode == ModelSetting.Mode.INTENT || mode == ModelSetting.Mode.THROUGH;
    this.at = announced ? At.BEGIN : At.COMMIT;
  }

  ModelWriter copy() {
    ModelWriter copy = new ModelWriter(number, mode);
    copy.at = at;
    copy.value = value;
    copy.posted = posted;
    copy.intent = intent;
    return copy;
  }

  boolean over() {
    boolean ended = at == At.DONE || at == At.FORGOTTEN || (at == At.CRASHED && intent == null);
    return ended && !posted;
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
        posted = mode == ModelSetting.Mode.TRANSACTIONAL;
        at = At.END;
      }
      case END -> {
        if (mode != ModelSetting.Mode.TRANSACTIONAL) {
          invalidated(world, end(world));
        }
        at = At.DONE;
      }
      default -> throw new IllegalStateException("It is over.");
    }
  }

  /** Somebody relays what was committed, whether or not the writer lives. */
  void relay(ModelWorld world) {
    invalidated(
        world, ModelWorld.now(world.session(0).invalidate(new Invalidation.Key(ModelWorld.KEY))));
    posted = false;
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
    return at + "/" + value + "/" + posted + "/" + intent;
  }
}
