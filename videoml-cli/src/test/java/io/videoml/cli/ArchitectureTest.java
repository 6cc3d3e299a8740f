package io.videoml.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.videoml.testkit.ArchitectureContract;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super(
        "io.videoml.cli",
        "io.videoml.ffmpeg..",
        "io.videoml.onnx..",
        "io.videoml.testkit..",
        "picocli..",
        "com.fasterxml.jackson..");
  }

  @Override
  protected boolean mayPrint() {
    return true;
  }

  @Test
  void publicClasses_ofTheCommand_areTheMainClassAndTheLogger() {
    classes()
        .that()
        .arePublic()
        .should()
        .haveFullyQualifiedName(Main.class.getName())
        .orShould()
        .haveFullyQualifiedName(ConsoleLogProvider.class.getName())
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.videoml.cli"));
  }
}
