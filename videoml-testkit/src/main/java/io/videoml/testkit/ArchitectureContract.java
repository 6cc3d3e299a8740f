package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every module keeps to. A module's test extends this and passes its root package and the
 * packages of its outside library; that is all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // reading the classes takes seconds
public abstract class ArchitectureContract {
  private final String root;
  private final String[] outside;
  private final ModuleSources sources;
  private final JavaClasses classes;

  /**
   * For the module whose directory the test runs in.
   *
   * @param root the module's root package
   * @param outside packages of its outside library, as {@code "ai.onnxruntime.."}
   */
  protected ArchitectureContract(String root, String... outside) {
    this(Path.of(""), root, outside);
  }

  /**
   * For another module, which is built already.
   *
   * @param module its directory
   */
  protected ArchitectureContract(Path module, String root, String... outside) {
    this.root = root;
    this.outside = outside.clone();
    this.sources = new ModuleSources(module.resolve("src/main/java"));
    this.classes = new ClassFileImporter().importPath(module.resolve("target/classes"));
  }

  @Test
  void dependencies_ofEveryClass_areCoreAndTheOutsideLibrary() {
    VideomlArchitecture.dependsOnCoreAnd(root, outside).check(classes);
  }

  @Test
  void packages_ofCore_importOnlyFromThoseBelow() {
    VideomlArchitecture.corePackagesInOrder().check(classes);
  }

  @Test
  void publicInterfaces_all_haveFewMethods() {
    VideomlArchitecture.publicInterfacesAreSmall().check(classes);
  }

  @Test
  void publicInterfaces_withSeveralMethods_sayWhichThreadsCall() {
    List<String> silent =
        classes.stream()
            .filter(type -> type.isInterface() && type.isTopLevelClass())
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> !type.isAnnotatedWith(FunctionalInterface.class))
            .filter(type -> VideomlArchitecture.abstractMethods(type) != 1)
            .map(JavaClass::getName)
            .filter(name -> !sources.of(name).contains("Threading:"))
            .toList();

    assertThat(silent).as("public interfaces without a sentence \"Threading: ...\"").isEmpty();
  }

  @Test
  void output_ofEveryClass_isLogged() {
    if (mayPrint()) {
      return;
    }
    VideomlArchitecture.nothingPrints().check(classes);
  }

  @Test
  void packages_all_sayWhatTheyAreFor() {
    assertThat(sources.packagesWithoutInfo()).as("packages without package-info.java").isEmpty();
  }

  @Test
  void sources_all_keepTheirSize() {
    assertThat(sources.longerThan(400)).as("files of more than 400 lines").isEmpty();
    assertThat(sources.percentile(50)).as("median of lines").isLessThanOrEqualTo(80);
    assertThat(sources.percentile(90)).as("90th percentile of lines").isLessThanOrEqualTo(200);
  }

  /** Returns whether the module is a program, whose output is its purpose. Default: no. */
  protected boolean mayPrint() {
    return false;
  }
}
