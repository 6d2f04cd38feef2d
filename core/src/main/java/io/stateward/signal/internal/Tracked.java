package io.stateward.signal.internal;

import io.stateward.signal.Reader;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A derived node whose dependencies are what its function read last. */
public final class Tracked<T extends @Nullable Object> extends Derived<T> {

  private final Function<? super Reader, ? extends T> function;

  /**
   * Creates a node of whatever a function reads.
   *
   * @param function the function
   */
  public Tracked(Function<? super Reader, ? extends T> function) {
    this.function = Objects.requireNonNull(function, "function");
  }

  @Override
  Memo<T> refresh(Reading reading, @Nullable Memo<T> known) {
    if (known != null && holds(known, reading)) {
      return known;
    }
    Tracker tracker = new Tracker(this, reading, known);
    long start = Probes.active() ? System.nanoTime() : 0;
    Cell<T> out;
    try {
      T value = function.apply(tracker);
      reading.rethrow();
      out = cellOf(value, known);
    } catch (Reading.Unwind unwind) {
      throw unwind;
    } catch (Throwable t) { // the function is foreign code
      reading.rethrow();
      out = failedCell(tracker.failureOf(t), known);
    } finally {
      tracker.close();
    }
    if (start != 0) {
      Evaluations.tell(name(), start, known == null || out != known.out);
    }
    return new Memo<>(out, tracker.dependencies(), tracker.ins(), null);
  }

  /** Whether the dependencies are what they were, asked in the order in which they were read. */
  private static boolean holds(Memo<?> known, Reading reading) {
    Node<?>[] dependencies = known.dependencies;
    for (int i = 0; i < dependencies.length; i++) {
      if (reading.read(dependencies[i]) != known.ins[i]) {
        return false; // whether the later ones are still read depends on this one
      }
    }
    return true;
  }

  @Override
  String describe(int levels) {
    return "derived by " + function.getClass().getSimpleName();
  }
}
