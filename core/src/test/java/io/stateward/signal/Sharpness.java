package io.stateward.signal;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/**
 * Runs a contract kit inside a test and tells which of its rules failed.
 *
 * @since 0.1
 */
public final class Sharpness {

  private static final Pattern RULE = Pattern.compile("rule(\\d+)_(\\d+)_.*");

  private Sharpness() {}

  /**
   * Runs all rules of a kit, again if need be: a race that a rule watches for may go well by
   * chance.
   *
   * @param fixture the class that extends the kit
   * @param expected the rules that are expected to fail
   * @return the numbers of the rules that failed, for example 4.2
   */
  public static Set<String> failedRules(Class<?> fixture, Set<String> expected) {
    Set<String> failed = failedRules(fixture);
    for (int again = 0; again < 2 && !failed.containsAll(expected); again++) {
      failed = failedRules(fixture);
    }
    return failed;
  }

  private static Set<String> failedRules(Class<?> fixture) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(fixture))
        .execute()
        .testEvents()
        .failed()
        .stream()
        .map(Sharpness::methodOf)
        .flatMap(Sharpness::number)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Lists the rules of a kit.
   *
   * @param kit the class of the kit
   * @return their numbers
   */
  public static Set<String> rulesOf(Class<?> kit) {
    return Arrays.stream(kit.getMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(Method::getName)
        .flatMap(Sharpness::number)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String methodOf(Event event) {
    Optional<MethodSource> source =
        event.getTestDescriptor().getSource().map(MethodSource.class::cast);
    return source.orElseThrow().getMethodName();
  }

  private static Stream<String> number(String method) {
    Matcher matcher = RULE.matcher(method);
    return matcher.matches()
        ? Stream.of(matcher.group(1) + "." + matcher.group(2))
        : Stream.empty();
  }
}
