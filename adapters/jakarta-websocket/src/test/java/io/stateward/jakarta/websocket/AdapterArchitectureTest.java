package io.stateward.jakarta.websocket;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the picture in docs/ARCHITECTURE.md: what the adapter may know. */
final class AdapterArchitectureTest {

  private static final JavaClasses ADAPTER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.stateward.jakarta");

  @Test
  void adapter_dependsOnTheSeamsOfSyncAndOneLibrary() {
    classes()
        .should(
            onlyDependOnClassesThat(
                resideInAnyPackage(
                    "io.stateward.jakarta.websocket",
                    "io.stateward.sync.spi",
                    "io.stateward.sync.protocol",
                    "io.stateward.signal",
                    "io.stateward.time",
                    "jakarta.websocket..",
                    "java..",
                    "org.jspecify.annotations..")))
        .check(ADAPTER);
  }
}
