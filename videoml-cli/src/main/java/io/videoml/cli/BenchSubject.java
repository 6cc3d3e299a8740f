package io.videoml.cli;

import io.videoml.cli.options.ModelOptions;
import io.videoml.cli.output.Measurement;
import io.videoml.cli.run.LoadedModel;
import io.videoml.detect.Detector;
import io.videoml.frame.Frame;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.ResultSink;

/** What was measured: finds out which decoder and which model really ran. */
final class BenchSubject implements ResultSink {
  private final BenchMeter meter;
  private volatile String stream = "";
  private volatile String decoding = "";
  private volatile String model = "no model";
  private volatile boolean withModel;

  /**
   * @param meter takes the results
   */
  BenchSubject(BenchMeter meter) {
    this.meter = meter;
  }

  @Override
  public void accept(Frame frame, FrameResult result) {
    meter.result(result, withModel);
  }

  @Override
  public void onEvent(PipelineEvent event) {
    if (event.type() == PipelineEvent.Type.CONNECTED) {
      stream = event.stream();
      decoding = event.detail();
    }
  }

  /** Takes note of the model, and returns its detector. */
  Detector running(LoadedModel loaded, ModelOptions options) {
    int threads = options.threads().orElse(Runtime.getRuntime().availableProcessors());
    model =
        options.modelName()
            + " on "
            + loaded.execution()
            + " with "
            + threads
            + (threads == 1 ? " thread" : " threads");
    withModel = true;
    return loaded.detector();
  }

  Measurement measurement() {
    return new Measurement(
        stream, decoding, model, meter.read(), meter.kept(), meter.elapsed(), meter.latency());
  }
}
