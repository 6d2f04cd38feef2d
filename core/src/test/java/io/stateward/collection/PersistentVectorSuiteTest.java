package io.stateward.collection;

import com.google.common.collect.testing.ListTestSuiteBuilder;
import com.google.common.collect.testing.TestStringListGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import junit.framework.Test;
import junit.framework.TestSuite;

/** Guava's contract of {@code java.util.List}. */
public final class PersistentVectorSuiteTest {

  private PersistentVectorSuiteTest() {}

  /**
   * Found by the JUnit 3 convention.
   *
   * @return the suite
   */
  public static Test suite() {
    TestSuite suite = new TestSuite("PersistentVector");
    suite.addTest(listSuite("copied", PersistentVector::copyOf));
    suite.addTest(listSuite("inserted", PersistentVectorSuiteTest::inserted));
    suite.addTest(listSuite("sliced", PersistentVectorSuiteTest::sliced));
    return suite;
  }

  private static List<String> inserted(List<String> elements) {
    PersistentVector<String> vector = PersistentVector.of();
    for (int i = elements.size() - 1; i >= 0; i--) {
      vector = vector.prepend(elements.get(i));
    }
    return vector;
  }

  private static List<String> sliced(List<String> elements) {
    VectorBuilder<String> builder = PersistentVector.builder();
    for (int i = 0; i < 1_000; i++) {
      builder.append("before");
    }
    builder.appendAll(elements);
    for (int i = 0; i < 1_000; i++) {
      builder.append("after");
    }
    return builder.build().subList(1_000, 1_000 + elements.size());
  }

  private static Test listSuite(String name, Function<List<String>, List<String>> copy) {
    return ListTestSuiteBuilder.using(
            new TestStringListGenerator() {
              @Override
              protected List<String> create(String[] elements) {
                return copy.apply(Arrays.asList(elements));
              }
            })
        .named("PersistentVector, " + name)
        .withFeatures(
            CollectionSize.ANY,
            CollectionFeature.KNOWN_ORDER,
            CollectionFeature.ALLOWS_NULL_QUERIES)
        .createTestSuite();
  }
}
