package io.videoml.examples;

import io.videoml.cascade.Budget;
import io.videoml.cascade.Match;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.produce.KvsGate;
import io.videoml.kvs.produce.KvsProducer;
import io.videoml.onnx.OnnxDetector;
import io.videoml.packet.PacketSource;
import io.videoml.pipeline.Cascade;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.sampling.FrameSampler;
import io.videoml.testkit.DemoClip;
import io.videoml.testkit.kvs.KvsStandIn;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Sends of a camera only the groups of pictures with people in them to Kinesis Video Streams, as
 * the camera encoded them. Arguments: a video, a model, the name of a stream, with AWS's usual
 * settings in the environment; without, those of the demo and a stand-in for the service.
 */
public final class EdgeToKinesis {
  private EdgeToKinesis() {}

  /** Prints what was sent. */
  public static void main(String[] arguments) {
    if (arguments.length == 3) {
      KvsProducer producer = KvsProducer.builder(arguments[2]).build();
      send(FfmpegSource.of(Path.of(arguments[0])), arguments[1], producer);
      return;
    }
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("edge");
      KvsProducer producer = KvsProducer.builder("edge").connection(to(service)).build();
      send(FfmpegSource.of(DemoClip.video()), DemoClip.model().toString(), producer);
      System.out.println("fragments in the stream: " + service.fragments("edge").size());
    }
  }

  private static void send(PacketSource camera, String model, KvsProducer producer) {
    // tag::pipeline[]
    KvsGate gate = KvsGate.open(camera, producer); // one connection to the camera
    PipelineSpec edge =
        Pipeline.named("edge")
            .source(gate.source())
            .sample(() -> FrameSampler.everyNth(5))
            .cascade(
                Cascade.detect("people", () -> OnnxDetector.builder(model).threads(1).build())
                    .when(Match.anyOf("person").above(0.5f))
                    .budget(Budget.bytesPerMinute(5_000_000))
                    .to("kinesis", () -> gate))
            .build();
    // end::pipeline[]
    System.out.println(edge.run().summary());
    System.out.println(gate.statistics());
  }

  private static KvsConnection to(KvsStandIn service) {
    AwsBasicCredentials keys = AwsBasicCredentials.create(service.accessKey(), service.secretKey());
    return KvsConnection.builder()
        .region(service.region())
        .endpoint(service.endpoint())
        .credentials(() -> StaticCredentialsProvider.create(keys))
        .build();
  }
}
