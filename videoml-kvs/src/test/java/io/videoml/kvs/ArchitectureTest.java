package io.videoml.kvs;

import io.videoml.testkit.ArchitectureContract;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super(
        "io.videoml.kvs", "software.amazon.awssdk..", "org.reactivestreams..", "io.videoml.ffmpeg");
  }
}
