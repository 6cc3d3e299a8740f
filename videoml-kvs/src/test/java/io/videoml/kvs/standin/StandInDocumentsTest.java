package io.videoml.kvs.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.kinesisvideo.parser.ebml.InputStreamParserByteSource;
import com.amazonaws.kinesisvideo.parser.ebml.MkvTypeInfos;
import com.amazonaws.kinesisvideo.parser.mkv.MkvElement;
import com.amazonaws.kinesisvideo.parser.mkv.StreamingMkvReader;
import com.amazonaws.kinesisvideo.parser.utilities.FragmentMetadata;
import com.amazonaws.kinesisvideo.parser.utilities.FragmentMetadataVisitor;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.media.DocumentShape;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesisvideomedia.KinesisVideoMediaAsyncClient;
import software.amazon.awssdk.services.kinesisvideomedia.model.StartSelectorType;

/** What the stand-in sends, read by Amazon's own parser library. */
@Timeout(60)
class StandInDocumentsTest {

  @ParameterizedTest
  @EnumSource(DocumentShape.class)
  void getMedia_ofAnyShape_isReadByTheParserLibrary(DocumentShape shape) throws Exception {
    try (KvsStandIn service =
        KvsStandIn.builder()
            .documents(shape)
            .limits(KvsLimits.aws().mediaIdle(Duration.ofMillis(50)))
            .start()) {
      service.createStream("dock");
      service.append("dock", Captures.read("gen-kvssink-h264-aac-putmedia.mkv"));
      service.append("dock", Captures.read("clusters.mkv"));
      service.append("dock", Captures.read("test_mixed_tags.mkv"));
      List<StoredFragment> stored = service.fragments("dock");

      Map<String, String> tokens = new LinkedHashMap<>();
      int blocks = 0;
      FragmentMetadataVisitor metadata = FragmentMetadataVisitor.create();
      StreamingMkvReader reader =
          StreamingMkvReader.createDefault(
              new InputStreamParserByteSource(new ByteArrayInputStream(media(service))));
      while (reader.mightHaveNext()) {
        Optional<MkvElement> element = reader.nextIfAvailable();
        if (element.isPresent()) {
          element.get().accept(metadata);
          boolean block =
              element.get().getElementMetaData().getTypeInfo().equals(MkvTypeInfos.SIMPLEBLOCK);
          blocks += block ? 1 : 0;
          if (metadata.getCurrentFragmentMetadata().isPresent()) {
            FragmentMetadata fragment = metadata.getCurrentFragmentMetadata().get();
            tokens.put(
                fragment.getFragmentNumberString(), fragment.getContinuationToken().orElse(""));
          }
        }
      }

      assertThat(stored).hasSize(21);
      assertThat(blocks).isEqualTo(423 + 444 + 100);
      assertThat(tokens.keySet()).containsExactlyElementsOf(numbers(stored));
      assertThat(tokens.values()).containsExactlyElementsOf(numbers(stored));
    }
  }

  private static List<String> numbers(List<StoredFragment> fragments) {
    return fragments.stream().map(StoredFragment::number).toList();
  }

  private static byte[] media(KvsStandIn service) {
    try (KinesisVideoMediaAsyncClient client =
        KinesisVideoMediaAsyncClient.builder()
            .httpClientBuilder(NettyNioAsyncHttpClient.builder())
            .region(Region.of(service.region()))
            .endpointOverride(service.endpoint())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(service.accessKey(), service.secretKey())))
            .build()) {
      return client
          .getMedia(
              request ->
                  request
                      .streamName("dock")
                      .startSelector(s -> s.startSelectorType(StartSelectorType.EARLIEST)),
              AsyncResponseTransformer.toBytes())
          .join()
          .asByteArray();
    }
  }
}
