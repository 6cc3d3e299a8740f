package io.videoml.kvs.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class StoreTest {
  private final Store store = new Store();

  private ByteBuffer elementOf(int size) {
    ByteBuffer piece = ByteBuffer.wrap(new byte[10_000]);
    store.begin();
    for (int left = size; left > 0; left -= Math.min(left, 10_000)) {
      boolean whole = store.take(piece.clear().limit(Math.min(left, 10_000)), size);
      assertThat(whole).isEqualTo(left <= 10_000);
    }
    return store.whole();
  }

  @Test
  void take_hugeElementOnce_itsMemoryIsGivenBackAfterSmallOnes() {
    assertThat(elementOf(8 << 20).capacity()).isEqualTo(8 << 20);

    for (int i = 0; i < 64; i++) {
      elementOf(20_000);
    }

    assertThat(elementOf(20_000).capacity()).isEqualTo(20_000);
  }

  @Test
  void take_elementsOfManySizes_usesTheSameMemory() {
    ByteBuffer first = elementOf(500_000);

    for (int i = 1; i < 500; i++) {
      assertThat(elementOf(1000 * i)).isSameAs(first);
    }
  }
}
