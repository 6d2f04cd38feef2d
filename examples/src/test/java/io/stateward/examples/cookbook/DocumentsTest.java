package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the documents show is what compiles: every block of Java, and of JavaScript of the examples,
 * in {@code docs} follows a line {@code <!-- source: File.java#tag -->} and is that region of a
 * source of this module.
 */
final class DocumentsTest {

  private static final Path MODULE =
      Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
  private static final Path DOCS = MODULE.resolveSibling("docs");
  private static final Path SOURCES = MODULE.resolve("src");
  private static final Pattern FENCE =
      Pattern.compile(
          "(?:<!-- source: (\\S+#\\S+) -->\\R)?```(java|js)\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile("^ *// tag: (\\S+)\\R(.*?)^ *// end$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");

  private final Map<String, String> regions = regions();
  private final Map<Path, String> documents = read(DOCS, ".md");

  @Test
  void javaBlocks_areRegionsOfTheSources() {
    List<String> shown = new ArrayList<>();
    documents.forEach(
        (path, text) -> {
          Matcher fence = FENCE.matcher(text);
          while (fence.find()) {
            if (fence.group(1) == null && fence.group(2).equals("js")) {
              continue; // what a host's own page does
            }
            assertThat(fence.group(1)).as("source of a block in %s", path).isNotNull();
            assertThat(fence.group(3))
                .as("%s in %s", fence.group(1), path)
                .isEqualTo(regions.get(fence.group(1)));
            shown.add(fence.group(1));
          }
        });

    assertThat(shown).hasSizeGreaterThan(20);
  }

  @Test
  void regions_areAllShown() {
    String all = String.join("", documents.values());

    assertThat(regions.keySet()).allMatch(key -> all.contains("<!-- source: " + key + " -->"));
  }

  @Test
  void links_leadToFiles() {
    documents.forEach(
        (path, text) -> {
          Matcher link = LINK.matcher(text);
          while (link.find()) {
            assertThat(path.resolveSibling(link.group(1))).as("link in %s", path).exists();
          }
        });
  }

  @Test
  void recipes_areAllInTheTableOfContents() throws IOException {
    String contents = Files.readString(DOCS.resolve("cookbook/README.md"));

    var recipes = new TreeSet<String>();
    documents.keySet().stream()
        .filter(path -> path.getParent().endsWith("cookbook"))
        .forEach(path -> recipes.add(path.getFileName().toString()));
    recipes.remove("README.md");
    assertThat(recipes).isNotEmpty().allMatch(recipe -> contents.contains("(" + recipe + ")"));
  }

  private static Map<String, String> regions() {
    Map<String, String> found = new TreeMap<>();
    Map<Path, String> sources = read(SOURCES, ".java");
    sources.putAll(read(SOURCES, ".js"));
    sources.forEach(
        (path, text) -> {
          Matcher region = REGION.matcher(text);
          while (region.find()) {
            found.put(path.getFileName() + "#" + region.group(1), dedent(region.group(2)));
          }
        });
    return found;
  }

  private static String dedent(String block) {
    return block.stripTrailing().stripIndent() + "\n";
  }

  private static Map<Path, String> read(Path folder, String suffix) {
    try (Stream<Path> files = Files.walk(folder)) {
      Map<Path, String> texts = new TreeMap<>();
      for (Path path : files.filter(file -> file.toString().endsWith(suffix)).toList()) {
        texts.put(path, Files.readString(path).replace("\r\n", "\n"));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
