package io.videoml.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.videoml.cli");

  @Test
  void onlyTheMainClassAndTheLoggerAreForOthers() {
    classes()
        .that()
        .arePublic()
        .should()
        .haveFullyQualifiedName(Main.class.getName())
        .orShould()
        .haveFullyQualifiedName(ConsoleLogProvider.class.getName())
        .check(CLASSES);
  }

  @Test
  void onlyThePartsKnowTheModulesWithNativeCode() {
    classes()
        .that()
        .resideOutsideOfPackages("io.videoml.ffmpeg..", "io.videoml.onnx..")
        .and()
        .doNotHaveSimpleName("InstalledParts")
        .and()
        .doNotHaveSimpleName("KeyFramesCommand")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("io.videoml.ffmpeg..", "io.videoml.onnx..", "org.bytedeco..", "ai.onnxruntime..")
        .check(CLASSES);
  }
}
