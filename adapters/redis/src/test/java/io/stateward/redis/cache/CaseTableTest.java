package io.stateward.redis.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/cache-cases.md says what is there, and all of it. */
final class CaseTableTest {

  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final Pattern TEST = Pattern.compile("void (\\w+)\\(");
  private static final Pattern CASE = Pattern.compile("void (case\\d\\d_\\w+)\\(");

  @Test
  void table_namesTestsThatExist_andEachCaseHasOne() throws IOException {
    String table = Files.readString(ROOT.resolve("docs/cache-cases.md"));
    Set<String> named =
        found(NAMED, table)
            .map(it -> it.group(1) + "#" + it.group(2))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(tests(TEST, ROOT.resolve("cache"), ROOT.resolve("adapters/redis")))
        .containsAll(named);
    assertThat(named).containsAll(tests(CASE, ROOT.resolve("adapters/redis")));
    for (int number = 1; number <= 22; number++) {
      assertThat(table).contains("\n| " + number + " | ");
    }
  }

  private static Stream<MatchResult> found(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }

  private static Set<String> tests(Pattern pattern, Path... modules) throws IOException {
    Set<String> tests = new TreeSet<>();
    for (Path module : modules) {
      try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
        files
            .filter(file -> file.toString().endsWith("Test.java"))
            .forEach(file -> add(pattern, file, tests));
      }
    }
    return tests;
  }

  private static void add(Pattern pattern, Path file, Set<String> tests) {
    String name = file.getFileName().toString().replace(".java", "");
    try {
      found(pattern, Files.readString(file)).forEach(it -> tests.add(name + "#" + it.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
