package io.videoml.testkit;

import java.nio.file.Path;

/** Here, because core cannot depend on the test kit. */
class CoreArchitectureTest extends ArchitectureContract {
  CoreArchitectureTest() {
    super(Path.of("../videoml-core"), "io.videoml");
  }
}
