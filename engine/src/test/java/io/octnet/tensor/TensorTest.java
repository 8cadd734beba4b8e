package io.octnet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TensorTest {
  private final BufferPool pool = new BufferPool();

  @Test
  void theArrayMustHaveTheElementsOfTheShape() {
    assertThatThrownBy(() -> Tensor.of(Shape.of(2, 3), 1, 2, 3))
        .hasMessage("shape (2, 3) needs 6 elements, received 3");
  }

  @Test
  void aTensorOverTheUsersArrayIsNeverExclusiveNorReleased() {
    float[] data = {1, 2};
    Tensor x = Tensor.of(Shape.of(2), data);
    x.release();
    x.release();
    assertThat(x.data()).isSameAs(data);
    assertThat(x.isExclusive()).isFalse();
  }

  @Test
  void theLastReleaseGivesTheBufferBackAndEndsAccess() {
    Tensor x = Tensor.allocate(pool, Shape.of(3));
    assertThat(x.isExclusive()).isTrue();
    x.retain();
    assertThat(x.isExclusive()).isFalse();
    x.release();
    assertThat(pool.bytesInUse()).isEqualTo(12);
    x.release();
    assertThat(pool.bytesInUse()).isZero();
    assertThatThrownBy(x::data)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tensor of shape (3) was released; retain() it");
    assertThatThrownBy(x::retain).hasMessageContaining("was released");
    x.release(); // once more does no harm
    assertThat(pool.bytesInUse()).isZero();
  }

  @Test
  void aViewHoldsTheBufferOfItsBase() {
    Tensor x = Tensor.allocate(pool, Shape.of(2, 3));
    Tensor view = x.view(Shape.of(6));
    assertThat(view.data()).isSameAs(x.data());
    assertThat(x.isExclusive()).isFalse();
    assertThat(view.isExclusive()).isFalse();
    x.release();
    assertThat(view.isExclusive()).isTrue();
    Tensor second = view.view(Shape.of(3, 2));
    assertThat(second.isExclusive()).isFalse();
    view.release();
    assertThat(second.isExclusive()).isTrue();
    assertThat(pool.bytesInUse()).isEqualTo(24);
    second.release();
    assertThat(pool.bytesInUse()).isZero();
  }

  @Test
  void aViewNeedsAsManyElements() {
    assertThatThrownBy(() -> Tensor.zeros(Shape.of(2, 3)).view(Shape.of(5)))
        .hasMessage("6 elements of shape (2, 3) cannot be viewed as shape (5), which has 5");
  }

  @Test
  void detachingSharesTheDataOutsideTheGraph() {
    Tensor x = Tensor.allocate(pool, Shape.of(2)).requireGrad(true);
    x.setProducer(new Producer() {});
    Tensor y = x.detach();
    assertThat(y.data()).isSameAs(x.data());
    assertThat(y.requiresGrad()).isFalse();
    assertThat(y.producer()).isNull();
    x.release();
    assertThat(y.data()).hasSize(2);
  }

  @Test
  void theGradientIsDroppedWithItsBuffer() {
    Tensor x = Tensor.zeros(Shape.of(2));
    x.zeroGrad();
    x.setGrad(Tensor.allocate(pool, Shape.of(2)));
    x.zeroGrad();
    assertThat(x.grad()).isNull();
    assertThat(pool.bytesInUse()).isZero();
  }

  @Test
  void onlyOneElementIsAnItem() {
    assertThat(Tensor.of(Shape.of(1, 1), 5).item()).isEqualTo(5);
    assertThat(Tensor.full(Shape.scalar(), 3).item()).isEqualTo(3);
    assertThatThrownBy(() -> Tensor.zeros(Shape.of(2)).item())
        .hasMessage("item() needs a tensor of one element, this one has shape (2)");
  }

  @Test
  void printsShapeAndWhetherItWantsAGradient() {
    Tensor x = Tensor.zeros(Shape.of(2, 3));
    assertThat(x).hasToString("Tensor(2, 3)");
    assertThat(x.requireGrad(true)).hasToString("Tensor(2, 3) requiring grad");
    assertThat(x.dim(-1)).isEqualTo(3);
  }

  @Test
  void noHoldIsLostBetweenThreads() throws InterruptedException {
    Tensor x = Tensor.allocate(pool, Shape.of(3));
    CountDownLatch ready = new CountDownLatch(4);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          new Thread(
              () -> {
                ready.countDown();
                while (ready.getCount() > 0) {
                  Thread.onSpinWait();
                }
                for (int i = 0; i < 1_000_000; i++) {
                  x.retain();
                  VarHandle.fullFence(); // or the compiler sees that the two undo each other
                  x.release();
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(x.isExclusive()).isTrue();
    x.release();
    assertThat(pool.bytesInUse()).isZero();
  }
}
