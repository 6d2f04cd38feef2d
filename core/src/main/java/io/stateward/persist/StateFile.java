package io.stateward.persist;

import io.stateward.codec.Codec;
import io.stateward.codec.Tree;
import io.stateward.persist.CheckedFile.Content;
import io.stateward.persist.CheckedFile.DamagedException;
import io.stateward.signal.internal.Probes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A state in a file, with a backup, and what older programs wrote brought up to date.
 *
 * <p>Thread safety: one thread at a time.
 */
final class StateFile<P> implements Closeable {

  /*
   * What is loaded
   * --------------
   *   the file                     if it is whole
   *   the backup                   if the file is missing or damaged; a damaged one is renamed first
   *   nothing (Reset)              if neither is whole, or the state cannot be migrated or decoded; then
   *                                a copy is kept and the file stays until something else is saved
   *   nothing, and no saving       if what is to be loaded is of a newer schema, or if keeping a copy of
   *                                it failed
   */

  private final Disk disk;
  private final Disk.Claim claim;
  private final CheckedFile file;
  private final Migrations migrations;
  private final Codec<P> codec;
  private final List<Path> keptAside = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private long sequence;

  private StateFile(Disk disk, Disk.Claim claim, Migrations migrations, Codec<P> codec) {
    this.disk = disk;
    this.claim = claim;
    this.file = new CheckedFile(disk, claim.file());
    this.migrations = migrations;
    this.codec = codec;
  }

  /** What was found, and the state unless there was none. */
  static final class Found<P> {
    final Restored restored;
    final @Nullable P state;

    Found(Restored restored, @Nullable P state) {
      this.restored = restored;
      this.state = state;
    }

    /** Tells whether the file is not yet what a save would make of this state. */
    boolean isToBeWrittenBack(int schema) {
      return restored instanceof Restored.Recovered
          || (restored instanceof Restored.Loaded loaded && loaded.schema() != schema);
    }
  }

  /** Becomes the owner of a file. */
  static <P> StateFile<P> claim(Disk disk, Path path, Migrations migrations, Codec<P> codec)
      throws IOException {
    Path absolute = path.toAbsolutePath();
    disk.createFolders(Objects.requireNonNull(absolute.getParent(), "a root is no file"));
    return new StateFile<>(disk, disk.claim(absolute), migrations, codec);
  }

  Path path() {
    return claim.file();
  }

  long sequence() {
    return sequence;
  }

  /** Loads what there is. */
  Found<P> load() throws IOException {
    disk.delete(file.sibling(".tmp"));
    Content main = wholeOrAside(file.file());
    if (main != null) {
      return decoded(file.file(), main, problems.isEmpty());
    }
    Content backup = wholeOrAside(file.backup());
    if (backup != null) {
      if (problems.isEmpty()) {
        problems.add("the file is missing");
      }
      return decoded(file.backup(), backup, false);
    }
    return problems.isEmpty() ? new Found<>(new Restored.Fresh(), null) : reset();
  }

  private @Nullable Content wholeOrAside(Path which) throws IOException {
    try {
      return file.readIfThere(which);
    } catch (DamagedException e) {
      keptAside.add(file.setAside(which, ".damaged"));
      problems.add("'%s' is damaged: %s".formatted(which.getFileName(), e.getMessage()));
      return null;
    }
  }

  private Found<P> decoded(Path which, Content content, boolean isMain) throws IOException {
    if (content.schema > migrations.schema()) {
      throw new NewerSchemaException(
          "schema of '%s'".formatted(which), content.schema, migrations.schema());
    }
    sequence = content.sequence;
    P state;
    try {
      state = decode(content);
    } catch (RuntimeException e) { // the codec's, or a migration's
      keptAside.add(file.copyAside(file.bytes(which), ".unreadable"));
      problems.add(
          "its state of schema %d cannot be read: %s"
              .formatted(content.schema, StorageException.said(e)));
      return reset();
    }
    if (content.schema < migrations.schema()) {
      file.copyAside(file.bytes(which), ".v" + content.schema);
    }
    return new Found<>(isMain ? loaded(content) : recovered(content), state);
  }

  private P decode(Content content) {
    if (content.schema == migrations.schema()) {
      return Objects.requireNonNull(codec.decode(content.body), "the codec decoded null");
    }
    Tree migrated = migrations.migrate(content.schema, Tree.parse(content.body));
    return Objects.requireNonNull(codec.decode(migrated.toBytes()), "the codec decoded null");
  }

  private static Restored loaded(Content content) {
    return new Restored.Loaded(content.schema, content.sequence, content.savedAt);
  }

  private Restored recovered(Content content) {
    String problem = String.join("; ", problems);
    report(problem + ". Save %d, from its backup, is used".formatted(content.sequence));
    return new Restored.Recovered(
        content.schema, content.sequence, content.savedAt, problem, keptAside);
  }

  private Found<P> reset() {
    String problem = String.join("; ", problems);
    report(problem + ". The store starts as the program made it");
    return new Found<>(new Restored.Reset(problem, keptAside), null);
  }

  private void report(String problem) {
    String kept = keptAside.isEmpty() ? "" : "; what was found is kept as " + keptAside;
    Probes.report("State in '%s'".formatted(path()), problem + kept + ".", null);
  }

  /** Saves a state that the codec has encoded. */
  void save(byte[] encoded, Instant now) throws IOException {
    file.save(true, migrations.schema(), sequence + 1, now, encoded);
    sequence++;
  }

  @Override
  public void close() throws IOException {
    claim.close();
  }
}
