package io.videoml.testkit;

import io.videoml.pipeline.Uplink;

class RecordingUplinkContractTest extends UplinkContract {
  @Override
  protected Uplink open() {
    return new RecordingUplink(index -> 100 + index);
  }
}
