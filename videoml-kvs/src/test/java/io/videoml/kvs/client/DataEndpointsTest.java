package io.videoml.kvs.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;

class DataEndpointsTest {
  private static final DataEndpoints.Key KEY =
      new DataEndpoints.Key("eu-west-1", "", "AKIDONE", "dock", APIName.GET_MEDIA);

  private final AtomicLong now = new AtomicLong(-5);
  private final AtomicInteger asked = new AtomicInteger();
  private final DataEndpoints endpoints = new DataEndpoints(now::get);

  @Test
  void get_again_asksOnce() {
    assertThat(get(KEY)).isEqualTo(URI.create("http://host-1"));
    assertThat(get(KEY)).isEqualTo(URI.create("http://host-1"));
  }

  @Test
  void get_anotherApi_asksForIt() {
    get(KEY);

    assertThat(get(new DataEndpoints.Key("eu-west-1", "", "AKIDONE", "dock", APIName.PUT_MEDIA)))
        .isEqualTo(URI.create("http://host-2"));
  }

  @Test
  void get_streamOfTheNameInAnotherAccount_asksForItAndShowsNoKey() {
    get(KEY);
    DataEndpoints.Key other =
        new DataEndpoints.Key("eu-west-1", "", "AKIDTWO", "dock", APIName.GET_MEDIA);

    assertThat(get(other)).isEqualTo(URI.create("http://host-2"));
    assertThat(other.toString()).contains("dock").doesNotContain("AKID");
  }

  @Test
  void get_afterThreeQuartersOfAnHour_asksAgain() {
    get(KEY);
    now.addAndGet(Duration.ofMinutes(45).toNanos() - 1);
    assertThat(get(KEY)).isEqualTo(URI.create("http://host-1"));
    now.addAndGet(1);

    assertThat(get(KEY)).isEqualTo(URI.create("http://host-2"));
  }

  @Test
  void forget_knownOne_asksAgain() {
    get(KEY);
    endpoints.forget(KEY);

    assertThat(get(KEY)).isEqualTo(URI.create("http://host-2"));
  }

  @Test
  void get_moreThanItRemembers_staysBounded() {
    for (int i = 0; i < 25_000; i++) {
      get(new DataEndpoints.Key("eu-west-1", "", "AKIDONE", "camera-" + i, APIName.GET_MEDIA));
    }
    now.addAndGet(1);

    assertThat(
            get(
                new DataEndpoints.Key(
                    "eu-west-1", "", "AKIDONE", "camera-24999", APIName.GET_MEDIA)))
        .isEqualTo(URI.create("http://host-25000"));
  }

  private URI get(DataEndpoints.Key key) {
    return endpoints.get(key, () -> URI.create("http://host-" + asked.incrementAndGet()));
  }
}
