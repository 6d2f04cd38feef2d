package io.stateward.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records in a module that does not open their package, compiled and loaded here. */
final class RecordAccessTest {

  @TempDir private Path folder;

  @Test
  void of_closedModule_saysTheLineToAdd() throws Exception {
    Class<? extends Record> hidden = load("").asSubclass(Record.class);

    assertThatThrownBy(() -> Merge.of(hidden))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The record closed.data.Note cannot be read")
        .hasMessageContaining("its module closed does not open the package")
        .hasMessageContaining("Add 'opens closed.data")
        .hasMessageContaining("or use Merge.of(Note.class, MethodHandles.lookup())");
  }

  @Test
  void of_openedPackage_merges() throws Exception {
    assertMerges(Merge.of(load("opens closed.data;").asSubclass(Record.class)));
  }

  @Test
  void of_closedModuleWithItsOwnLookup_merges() throws Exception {
    Class<?> hidden = load("exports closed.access;");
    MethodHandles.Lookup lookup =
        (MethodHandles.Lookup)
            hidden
                .getClassLoader()
                .loadClass("closed.access.Access")
                .getMethod("lookup")
                .invoke(null);

    assertMerges(Merge.of(hidden.asSubclass(Record.class), lookup));
  }

  private static <R extends Record> void assertMerges(RecordMerge<R> merge) throws Exception {
    R base = note(merge, "b", 1);
    MergeResult<R> result = merge.merge(base, note(merge, "m", 1), note(merge, "b", 2));

    assertThat(result.value().toString()).isEqualTo("Note[text=m, number=2]");
  }

  private static <R extends Record> R note(RecordMerge<R> merge, String text, int number) {
    return merge.shape().make(new Object[] {text, number});
  }

  private Class<?> load(String directive) throws IOException, ClassNotFoundException {
    Path sources = folder.resolve("sources");
    Path classes = folder.resolve("classes");
    String[] files = {
      write(sources.resolve("module-info.java"), "module closed { " + directive + " }"),
      write(
          sources.resolve("closed/data/Note.java"),
          "package closed.data; record Note(String text, int number) {}"),
      write(
          sources.resolve("closed/access/Access.java"),
          "package closed.access; import java.lang.invoke.MethodHandles; public class Access {"
              + " public static MethodHandles.Lookup lookup() { return MethodHandles.lookup(); } }")
    };
    String[] arguments = {"-d", classes.toString(), files[0], files[1], files[2]};
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("closed"));
    ModuleLayer layer =
        boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    return layer.findLoader("closed").loadClass("closed.data.Note");
  }

  private static String write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }
}
