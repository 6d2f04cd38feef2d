package io.stateward;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Serializable;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the picture in docs/ARCHITECTURE.md: which package may know which. */
final class ArchitectureTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.stateward");

  @Test
  void core_dependsOnTheJdkSlf4jAndJspecifyAlone() {
    classes()
        .should(
            onlyDependOnClassesThat(
                resideInAnyPackage(
                    "io.stateward..", "java..", "org.slf4j..", "org.jspecify.annotations..")))
        .check(CORE);
  }

  @Test
  void packages_pointOneWay() {
    slices().matching("io.stateward.(*)..").should().beFreeOfCycles().check(CORE);
    mayOnlyKnow("time");
    mayOnlyKnow("codec");
    mayOnlyKnow("collection");
    mayOnlyKnow("signal", "time");
    mayOnlyKnow("merge", "codec", "collection", "signal");
    mayOnlyKnow("scope", "time", "collection", "signal");
    mayOnlyKnow("flow", "time", "signal", "scope");
    mayOnlyKnow("store", "time", "collection", "signal", "scope", "flow");
    mayOnlyKnow("history", "time", "codec", "collection", "signal", "store");
    mayOnlyKnow(
        "optimistic",
        "time",
        "codec",
        "collection",
        "signal",
        "scope",
        "flow",
        "store",
        "history",
        "persist",
        "merge");
    mayOnlyKnow("persist", "time", "codec", "collection", "signal", "flow", "store");
  }

  private static void mayOnlyKnow(String idea, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(idea), Stream.of(others))
            .map("io.stateward.%s.."::formatted)
            .toArray(String[]::new);
    noClasses()
        .that(resideInAnyPackage("io.stateward." + idea + ".."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.stateward..").and(resideOutsideOfPackages(allowed)))
        .check(CORE);
  }

  @Test
  void publicSignatures_showNothingInternal() {
    classes()
        .that(resideOutsideOfPackages("..internal.."))
        .and()
        .arePublic()
        .should(showNothingInternal())
        .check(CORE);
  }

  @Test
  void nothing_isSerializedByJava() {
    noClasses()
        .that()
        .areNotAssignableTo(Throwable.class)
        .and()
        .areNotEnums()
        .and()
        .areNotAssignableTo(AbstractQueuedLongSynchronizer.class) // a lock; nobody serializes it
        .should()
        .implement(Serializable.class)
        .check(CORE);
  }

  @Test
  void threads_areMadeByTheSystemTimekeeperAlone() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.stateward.time.SystemTimekeeper")
        .should()
        .callConstructorWhere(
            describe("of a thread", call -> call.getTargetOwner().isAssignableTo(Thread.class)))
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Executors.class, ForkJoinPool.class, Timer.class)
        .orShould()
        .callMethodWhere(
            describe(
                "of a future on threads of its own",
                call ->
                    call.getTargetOwner().isAssignableTo(CompletableFuture.class)
                        && call.getName()
                            .matches(".*Async|orTimeout|completeOnTimeout|delayedExecutor")))
        .check(CORE);
  }

  private static ArchCondition<JavaClass> showNothingInternal() {
    return new ArchCondition<>("show no internal type") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getCodeUnits().stream()
            .filter(unit -> isVisible(unit.getModifiers()))
            .flatMap(ArchitectureTest::signature)
            .filter(ArchitectureTest::isInternal)
            .forEach(shown -> report(type, shown, events));
        Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
            .filter(ArchitectureTest::isInternal)
            .forEach(shown -> report(type, shown, events));
      }
    };
  }

  private static void report(JavaClass type, JavaClass shown, ConditionEvents events) {
    events.add(SimpleConditionEvent.violated(type, type.getName() + " shows " + shown.getName()));
  }

  private static boolean isVisible(java.util.Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaClass> signature(JavaCodeUnit unit) {
    return Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream());
  }

  private static boolean isInternal(JavaClass type) {
    return type.getPackageName().contains(".internal");
  }
}
