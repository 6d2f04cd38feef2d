package io.stateward.collection;

import com.google.common.collect.testing.CollectionTestSuiteBuilder;
import com.google.common.collect.testing.SetTestSuiteBuilder;
import com.google.common.collect.testing.TestStringCollectionGenerator;
import com.google.common.collect.testing.TestStringSetGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import junit.framework.Test;
import junit.framework.TestSuite;

/** Guava's contracts of set and collection for the views of a table. */
public final class EntityTableSuiteTest {

  private EntityTableSuiteTest() {}

  /**
   * Found by the JUnit 3 convention.
   *
   * @return the suite
   */
  public static Test suite() {
    TestSuite suite = new TestSuite("EntityTable");
    suite.addTest(ids("unsorted", unsorted()));
    suite.addTest(ids("sorted", sorted(), CollectionFeature.KNOWN_ORDER));
    suite.addTest(values("unsorted", unsorted()));
    suite.addTest(values("sorted", sorted()));
    return suite;
  }

  private static EntityTable<String, String> unsorted() {
    return EntityTable.of(text -> text);
  }

  private static EntityTable<String, String> sorted() {
    return EntityTable.sorted(text -> text, Comparator.naturalOrder());
  }

  private static Test ids(
      String name, EntityTable<String, String> empty, CollectionFeature... more) {
    return SetTestSuiteBuilder.using(
            new TestStringSetGenerator() {
              @Override
              protected Set<String> create(String[] elements) {
                return empty.setAll(Arrays.asList(elements)).ids();
              }

              @Override
              public List<String> order(List<String> insertionOrder) {
                insertionOrder.sort(Comparator.naturalOrder());
                return insertionOrder;
              }
            })
        .named("ids of a table, " + name)
        .withFeatures(CollectionSize.ANY, CollectionFeature.ALLOWS_NULL_QUERIES)
        .withFeatures(more)
        .createTestSuite();
  }

  private static Test values(String name, EntityTable<String, String> empty) {
    return CollectionTestSuiteBuilder.using(
            new TestStringCollectionGenerator() {
              @Override
              protected Collection<String> create(String[] elements) {
                return empty.setAll(Arrays.asList(elements)).values();
              }
            })
        .named("values of a table, " + name)
        .withFeatures(CollectionSize.ANY, CollectionFeature.ALLOWS_NULL_QUERIES)
        .createTestSuite();
  }
}
