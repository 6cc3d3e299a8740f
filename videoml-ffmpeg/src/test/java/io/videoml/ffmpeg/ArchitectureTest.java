package io.videoml.ffmpeg;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.videoml.ffmpeg");

  @Test
  void module_dependsOnlyOnCoreAndFfmpeg() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "org.slf4j..",
            "org.bytedeco.ffmpeg..",
            "org.bytedeco.javacpp..",
            "io.videoml.ffmpeg",
            "io.videoml.frame",
            "io.videoml.motion",
            "io.videoml.packet",
            "io.videoml.tensor",
            "io.videoml.source",
            "io.videoml.detect")
        .check(CLASSES);
  }

  @Test
  void module_showsLessThanSixtyPercentOfItsTypes() {
    List<JavaClass> top = CLASSES.stream().filter(type -> !type.isNestedClass()).toList();
    long shown =
        top.stream().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)).count();

    assertThat((double) shown / top.size()).isLessThan(0.6);
  }
}
