package io.videoml.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of the house as ArchUnit rules, for modules of videoml and for those who build theirs
 * the same way. Needs ArchUnit on the class path. {@link ArchitectureContract} applies them.
 */
public final class VideomlArchitecture {
  /** Core's packages, bottom up. */
  public static final List<String> CORE_PACKAGES =
      Stream.of(
              "tensor",
              "frame",
              "motion",
              "source",
              "packet",
              "resilience",
              "detect",
              "metrics",
              "inference",
              "sampling",
              "track",
              "cascade",
              "pipeline",
              "fleet",
              "doctor")
          .map(name -> "io.videoml." + name)
          .toList();

  /** Abstract methods that a public interface may have: more do not fit on a screen. */
  public static final int MAX_ABSTRACT_METHODS = 5;

  private static final List<String> EVERYWHERE =
      List.of("java..", "javax..", "org.slf4j..", "org.jspecify..", "");

  private VideomlArchitecture() {}

  /** Each package of core knows only those before it. */
  public static ArchRule corePackagesInOrder() {
    List<ArchRule> rules = new ArrayList<>();
    for (int i = 0; i < CORE_PACKAGES.size() - 1; i++) {
      String[] above = CORE_PACKAGES.subList(i + 1, CORE_PACKAGES.size()).toArray(String[]::new);
      rules.add(
          noClasses()
              .that()
              .resideInAPackage(CORE_PACKAGES.get(i))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(above)
              .allowEmptyShould(true));
    }
    return CompositeArchRule.of(rules).as("core's packages import only from those below them");
  }

  /**
   * Classes know the JDK, SLF4J, JSpecify, core, their own packages and these.
   *
   * @param root the module's root package
   * @param outside packages of the outside library, in ArchUnit's notation, as {@code
   *     "ai.onnxruntime.."}
   */
  public static ArchRule dependsOnCoreAnd(String root, String... outside) {
    List<String> allowed = new ArrayList<>(EVERYWHERE);
    allowed.addAll(CORE_PACKAGES);
    allowed.add(root + "..");
    allowed.addAll(List.of(outside));
    return classes()
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
        .as("%s depends on core and its one outside library only".formatted(root));
  }

  /** Nothing prints: libraries log, and standard output belongs to the program. */
  public static ArchRule nothingPrints() {
    return GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
  }

  /** Public interfaces are small. */
  public static ArchRule publicInterfacesAreSmall() {
    return classes()
        .that()
        .areInterfaces()
        .and()
        .arePublic()
        .should(haveFewAbstractMethods())
        .allowEmptyShould(true);
  }

  static long abstractMethods(JavaClass type) {
    return type.getMethods().stream()
        .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
        .count();
  }

  private static ArchCondition<JavaClass> haveFewAbstractMethods() {
    return new ArchCondition<>("have at most " + MAX_ABSTRACT_METHODS + " abstract methods") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        long methods = abstractMethods(type);
        events.add(
            new SimpleConditionEvent(
                type,
                methods <= MAX_ABSTRACT_METHODS,
                "%s has %d abstract methods".formatted(type.getName(), methods)));
      }
    };
  }
}
