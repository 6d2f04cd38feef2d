package io.stateward.benchmarks.persist;

import io.stateward.persist.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** A log in a file, for any number of threads. */
interface Log extends AutoCloseable {

  /** Appends a record, and returns when it is durable. */
  void append(byte[] record);

  /** Returns how many records are in it. */
  long size();

  @Override
  void close();

  static Log of(String contender) {
    return switch (contender) {
      case "stateward" -> new StatewardLog();
      case "by-hand" -> new LogByHand();
      default -> throw new IllegalArgumentException("No such contender here: " + contender);
    };
  }

  /** A journal. */
  final class StatewardLog implements Log {
    private final Folder folder = Folder.create();
    private final Journal journal = Journal.file(folder.file("journal"));

    @Override
    public void append(byte[] record) {
      journal.append(record);
    }

    @Override
    public long size() {
      return journal.next();
    }

    @Override
    public void close() {
      journal.close();
      folder.close();
    }
  }

  /** One write and one force for each record, one record after the other. */
  final class LogByHand implements Log {
    private final Folder folder = Folder.create();
    private final ReentrantLock lock = new ReentrantLock();
    private final FileChannel file;
    private long size; // guarded by lock

    LogByHand() {
      try {
        file =
            FileChannel.open(
                folder.file("log"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void append(byte[] record) {
      lock.lock();
      try {
        ByteBuffer left = ByteBuffer.wrap(record);
        while (left.hasRemaining()) {
          file.write(left);
        }
        file.force(true);
        size++;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public long size() {
      lock.lock();
      try {
        return size;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      folder.close();
    }
  }
}
