package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.client.KvsStream;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.GetImagesRequest;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.GetImagesResponse;

/** Answers of the archive that hold less than they should. */
@Timeout(60)
class BrokenAnswersTest {
  private static final KvsConnection CONNECTION =
      KvsConnection.builder().region("eu-west-1").build();

  @Test
  void address_missingOrBlank_isASourceExceptionInsteadOfNull() {
    try (OneCall call = new OneCall(new KvsStream("dock-3"), CONNECTION, "kvs://dock-3")) {
      for (String text : new String[] {null, "", " "}) {
        SourceException thrown =
            catchThrowableOfType(SourceException.class, () -> call.address(text));

        assertThat(thrown.kind()).isEqualTo(Kind.NETWORK);
        assertThat(thrown).hasMessageContaining("no address");
      }
      assertThat(call.address("http://127.0.0.1/x.m3u8")).hasPath("/x.m3u8");
    }
  }

  @Test
  void read_emptyPagesWithoutEnd_failsAfterSome() {
    int[] asked = {0};
    List<KvsImage> images = new ArrayList<>();

    SourceException thrown =
        catchThrowableOfType(
            SourceException.class,
            () ->
                ImagePages.read(
                    GetImagesRequest.builder(),
                    request -> {
                      asked[0]++;
                      return GetImagesResponse.builder().images(List.of()).nextToken("on").build();
                    },
                    "kvs://dock-3",
                    /* most= */ 100,
                    images::add));

    assertThat(thrown.kind()).isEqualTo(Kind.NETWORK);
    assertThat(asked[0]).isEqualTo(21);
    assertThat(images).isEmpty();
  }
}
