package io.stateward.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.function.Supplier;

/**
 * How much memory things take.
 *
 * <p>What is retained is the difference of the used heap after full collections, with {@code
 * -XX:+UseSerialGC} and {@code -XX:MarkSweepAlwaysCompactCount=1}: then a full collection leaves
 * nothing behind that is not reachable. What is allocated is what the virtual machine counts for
 * the current thread.
 *
 * <p><b>Thread safety.</b> Stateless; other threads must be idle.
 *
 * @since 0.1
 */
public final class Heap {

  private static final int COLLECTIONS = 3;

  private Heap() {}

  /**
   * Returns what is in use after everything that is not reachable has gone.
   *
   * @return the used heap in bytes
   */
  public static long used() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /**
   * Returns how many bytes something keeps alive that was not alive before.
   *
   * @param thing makes the thing; what it is made of is best alive already
   * @return the bytes that it takes
   */
  public static long retainedBy(Supplier<?> thing) {
    long before = used();
    Object kept = thing.get();
    try {
      return used() - before;
    } finally {
      Reference.reachabilityFence(kept);
    }
  }

  /**
   * Returns how many bytes the current thread allocates.
   *
   * @param work what it does meanwhile
   * @return the bytes that the virtual machine counted, exactly
   */
  public static long allocatedBy(Runnable work) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
