package io.videoml.micrometer;

import io.videoml.testkit.ArchitectureContract;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super(
        "io.videoml.micrometer",
        "io.micrometer..",
        "com.fasterxml.jackson.core..",
        "com.sun.net.httpserver..");
  }
}
