package io.stateward.persist;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A disk in memory whose system calls fail, or end the process, when a test says so, and that after
 * a crash holds what a real one may hold: what was forced for certain, the rest by chance.
 *
 * <p>A force that failed is the last chance of what was written before it: later forces of the same
 * file do not make it durable, as on systems that take the pages for clean.
 */
final class FaultyDisk implements Disk {

  /** What happens at the call chosen. */
  enum Fault {
    /** The call fails and does nothing. */
    FAILS,
    /** The call does its work and fails nevertheless; a write does half of its work. */
    FAILS_AFTERWARDS,
    /** This call and every later one that needs space fail, as on a full disk. */
    FULL,
    /** The process ends before the call. */
    CRASH,
    /** The process ends within the call, which has done its work; a write half of it. */
    CRASH_AFTERWARDS
  }

  /** What becomes of what was not forced when the process ends with the machine. */
  enum Loss {
    /** All of it is there. */
    NOTHING,
    /** None of it is there. */
    EVERYTHING,
    /** Contents are gone, names are there. */
    CONTENTS,
    /** Names are gone, contents are there. */
    NAMES,
    /** Half of each content and half of the names are there. */
    HALF,
    /** Files have their size and their names, and zeros instead of what was not forced. */
    ZEROS
  }

  /** Ends the process, as far as the code under test can tell. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Map<Path, Node> names = new TreeMap<>();
  private final Map<Path, Node> forcedNames = new TreeMap<>();
  private final List<Runnable> unforcedNames = new ArrayList<>();
  private final Set<Path> claimed = new HashSet<>();
  private int calls;
  private int faultAt = -1;
  private Fault fault = Fault.FAILS;
  private boolean crashed;
  private boolean full;

  /** The content of a file. */
  private static final class Node {
    byte[] bytes = new byte[0];
    byte[] forced = new byte[0];
    int doomedFrom = Integer.MAX_VALUE; // what a failed force has left behind
    int doomedTo;
  }

  /** Chooses the call, counted from now on and from 0, at which something happens. */
  synchronized void failAt(int call, Fault what) {
    calls = 0;
    faultAt = call;
    fault = what;
    full = false;
  }

  /** Lets every call do its work from now on. */
  synchronized void heal() {
    faultAt = -1;
    full = false;
  }

  /** Returns how many calls were made since the fault was chosen. */
  synchronized int calls() {
    return calls;
  }

  /** Returns the disk as another process finds it after this one was killed. */
  synchronized FaultyDisk afterKill() {
    return after(Loss.NOTHING);
  }

  /** Returns the disk as it is found when the machine has lost power and starts again. */
  synchronized FaultyDisk after(Loss loss) {
    FaultyDisk next = new FaultyDisk();
    Map<Path, Node> found = new TreeMap<>(forcedNames);
    if (loss == Loss.NOTHING || loss == Loss.CONTENTS || loss == Loss.ZEROS) {
      found = new TreeMap<>(names);
    } else if (loss == Loss.HALF) {
      found = halfOfTheNames();
    }
    found.forEach((path, node) -> next.put(path, survivor(node, loss)));
    return next;
  }

  private Map<Path, Node> halfOfTheNames() {
    Map<Path, Node> all = new TreeMap<>(names);
    names.clear();
    names.putAll(forcedNames);
    unforcedNames.subList(0, unforcedNames.size() / 2).forEach(Runnable::run);
    Map<Path, Node> half = new TreeMap<>(names);
    names.clear();
    names.putAll(all);
    return half;
  }

  private static byte[] survivor(Node node, Loss loss) {
    return switch (loss) {
      case NOTHING, NAMES -> node.bytes.clone();
      case EVERYTHING, CONTENTS -> node.forced.clone();
      case HALF -> {
        int common = common(node.bytes, node.forced);
        int half = common + (node.bytes.length - common) / 2;
        yield Arrays.copyOf(node.bytes, half);
      }
      case ZEROS -> {
        byte[] zeros = Arrays.copyOf(node.forced, node.bytes.length);
        int common = common(node.bytes, node.forced);
        Arrays.fill(zeros, Math.min(common, zeros.length), zeros.length, (byte) 0);
        yield zeros;
      }
    };
  }

  private static int common(byte[] one, byte[] other) {
    int mismatch = Arrays.mismatch(one, other);
    return mismatch < 0 ? one.length : mismatch;
  }

  /** Puts a file in place, durably. */
  synchronized void put(Path file, byte[] bytes) {
    Node node = new Node();
    node.bytes = bytes.clone();
    node.forced = bytes.clone();
    names.put(file, node);
    forcedNames.put(file, node);
  }

  /** Returns what a file holds. */
  synchronized byte[] bytes(Path file) {
    return names.get(file).bytes.clone();
  }

  synchronized Set<Path> files() {
    return Set.copyOf(names.keySet());
  }

  private interface Effect {
    void run() throws IOException;
  }

  /** Makes a call, or does to it what was chosen. */
  private void call(boolean needsSpace, Effect effect, Effect half) throws IOException {
    if (crashed) {
      throw new Crash();
    }
    boolean now = calls++ == faultAt;
    full |= now && fault == Fault.FULL;
    if (full && needsSpace) {
      half.run();
      throw new IOException("No space left on device");
    }
    if (!now || fault == Fault.FULL) {
      effect.run();
      return;
    }
    switch (fault) {
      case FAILS -> throw new IOException("Input/output error");
      case FAILS_AFTERWARDS -> {
        half.run();
        throw new IOException("Input/output error, afterwards");
      }
      case CRASH_AFTERWARDS -> half.run();
      default -> {}
    }
    crashed = true;
    throw new Crash();
  }

  private void call(Effect effect) throws IOException {
    call(false, effect, effect);
  }

  private void rename(Runnable effect) {
    unforcedNames.add(effect);
    effect.run();
  }

  private Node existing(Path file) throws IOException {
    Node node = names.get(file);
    if (node == null) {
      throw new NoSuchFileException(file.toString());
    }
    return node;
  }

  @Override
  public synchronized Claim claim(Path file) throws IOException {
    call(() -> {});
    if (!claimed.add(file)) {
      throw FileInUseException.here(file);
    }
    return new Claim() {
      @Override
      public Path file() {
        return file;
      }

      @Override
      public void close() {
        synchronized (FaultyDisk.this) {
          claimed.remove(file);
        }
      }
    };
  }

  @Override
  public synchronized void createFolders(Path folder) throws IOException {
    call(() -> {});
  }

  @Override
  public synchronized List<Path> list(Path folder) throws IOException {
    call(() -> {});
    return names.keySet().stream().filter(file -> folder.equals(file.getParent())).toList();
  }

  @Override
  public synchronized boolean exists(Path file) throws IOException {
    call(() -> {});
    return names.containsKey(file);
  }

  @Override
  public synchronized long size(Path file) throws IOException {
    call(() -> {});
    return existing(file).bytes.length;
  }

  @Override
  public synchronized byte[] read(Path file, long offset, int length) throws IOException {
    call(() -> {});
    byte[] bytes = existing(file).bytes;
    int from = (int) Math.min(offset, bytes.length);
    return Arrays.copyOfRange(bytes, from, (int) Math.min(from + (long) length, bytes.length));
  }

  @Override
  public synchronized Output create(Path file) throws IOException {
    Node node = new Node();
    call(true, () -> rename(() -> names.put(file, node)), () -> rename(() -> names.remove(file)));
    return new FaultyOutput(node);
  }

  @Override
  public synchronized Output append(Path file) throws IOException {
    call(() -> {});
    if (!names.containsKey(file)) {
      throw new FileNotFoundException(file.toString());
    }
    return new FaultyOutput(existing(file));
  }

  @Override
  public synchronized void replace(Path from, Path to) throws IOException {
    Node node = existing(from);
    call(
        () ->
            rename(
                () -> {
                  names.remove(from);
                  names.put(to, node);
                }));
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    call(() -> rename(() -> names.remove(file)));
  }

  @Override
  public synchronized void force(Path folder) throws IOException {
    call(
        false,
        () -> {
          forcedNames.clear();
          forcedNames.putAll(names);
          unforcedNames.clear();
        },
        () -> {});
  }

  private final class FaultyOutput implements Output {
    private final Node node;

    FaultyOutput(Node node) {
      this.node = node;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      synchronized (FaultyDisk.this) {
        call(true, () -> add(bytes, offset, length), () -> add(bytes, offset, length / 2));
      }
    }

    private void add(byte[] bytes, int offset, int length) {
      int end = node.bytes.length;
      node.bytes = Arrays.copyOf(node.bytes, end + length);
      System.arraycopy(bytes, offset, node.bytes, end, length);
    }

    @Override
    public void force() throws IOException {
      synchronized (FaultyDisk.this) {
        int before = calls;
        try {
          call(false, this::makeDurable, () -> {});
        } catch (IOException e) {
          assert calls == before + 1;
          node.doomedFrom = Math.min(node.doomedFrom, common(node.bytes, node.forced));
          node.doomedTo = node.bytes.length;
          throw e;
        }
      }
    }

    private void makeDurable() {
      node.forced = node.bytes.clone();
      for (int i = node.doomedFrom; i < Math.min(node.doomedTo, node.forced.length); i++) {
        node.forced[i] = 0;
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (FaultyDisk.this) {
        call(
            () -> {
              node.bytes = Arrays.copyOf(node.bytes, (int) size);
              node.doomedTo = Math.min(node.doomedTo, (int) size);
            });
      }
    }

    @Override
    public void close() {}
  }
}
