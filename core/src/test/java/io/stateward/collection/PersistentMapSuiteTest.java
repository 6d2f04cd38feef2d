package io.stateward.collection;

import com.google.common.collect.testing.MapTestSuiteBuilder;
import com.google.common.collect.testing.TestMapGenerator;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import java.util.Map;
import java.util.function.Function;
import junit.framework.Test;
import junit.framework.TestSuite;

/** Guava's contract of {@code java.util.Map}, its three views included. */
public final class PersistentMapSuiteTest {

  private PersistentMapSuiteTest() {}

  /**
   * Found by the JUnit 3 convention.
   *
   * @return the suite
   */
  public static Test suite() {
    TestSuite suite = new TestSuite("PersistentMap");
    suite.addTest(mapSuite("copied", strings(PersistentMap::copyOf)));
    suite.addTest(mapSuite("built", strings(PersistentMapSuiteTest::built)));
    suite.addTest(mapSuite("shrunk", strings(PersistentMapSuiteTest::shrunk)));
    return suite;
  }

  private static Map<String, String> built(Map<String, String> entries) {
    MapBuilder<String, String> builder = PersistentMap.builder();
    entries.forEach(builder::put);
    return builder.build();
  }

  private static Map<String, String> shrunk(Map<String, String> entries) {
    PersistentMap<String, String> map = PersistentMap.copyOf(entries);
    for (int i = 0; i < 100; i++) {
      map = map.plus("other " + i, "gone soon");
    }
    for (int i = 0; i < 100; i++) {
      map = map.minus("other " + i);
    }
    return map;
  }

  private static TestMapGenerator<String, String> strings(
      Function<Map<String, String>, Map<String, String>> copy) {
    return new TestStringMapGenerator() {
      @Override
      protected Map<String, String> create(Map.Entry<String, String>[] entries) {
        Map<String, String> map = new java.util.LinkedHashMap<>();
        for (Map.Entry<String, String> entry : entries) {
          map.put(entry.getKey(), entry.getValue());
        }
        return copy.apply(map);
      }
    };
  }

  private static Test mapSuite(String name, TestMapGenerator<String, String> generator) {
    return MapTestSuiteBuilder.using(generator)
        .named("PersistentMap, " + name)
        .withFeatures(
            CollectionSize.ANY,
            CollectionFeature.ALLOWS_NULL_QUERIES,
            MapFeature.ALLOWS_NULL_KEY_QUERIES,
            MapFeature.ALLOWS_NULL_VALUE_QUERIES)
        .createTestSuite();
  }
}
