package io.stateward.cache;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the picture in docs/ARCHITECTURE.md: what the cache may know. */
final class CacheArchitectureTest {

  private static final JavaClasses CACHE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.stateward.cache");

  @Test
  void cache_dependsOnTheKernelAndCaffeineAlone() {
    classes()
        .should(
            onlyDependOnClassesThat(
                resideInAnyPackage(
                    "io.stateward.cache..",
                    "io.stateward.codec",
                    "io.stateward.flow",
                    "io.stateward.scope",
                    "io.stateward.signal",
                    "io.stateward.time",
                    "com.github.benmanes.caffeine..",
                    "java..",
                    "org.slf4j..",
                    "org.jspecify.annotations..")))
        .check(CACHE);
  }

  @Test
  void spi_knowsNothingOfHowItIsUsed() {
    noClasses()
        .that()
        .resideInAPackage("io.stateward.cache.spi")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.stateward.cache").and(DescribedPredicate.not(type(Stamp.class))))
        .check(CACHE);
  }
}
