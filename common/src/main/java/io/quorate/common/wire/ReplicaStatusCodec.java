package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Codes;
import io.quorate.common.model.DiskSpace;
import io.quorate.common.statistics.FileFigures;
import io.quorate.common.statistics.HintFigures;
import io.quorate.common.statistics.LevelFigure;
import io.quorate.common.statistics.StoreFigure;
import io.quorate.common.statistics.StoreFigures;
import io.quorate.common.statistics.StoreFigures.LevelFigures;
import io.quorate.common.wire.Message.ReplicaStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@link ReplicaStatus} as bytes.
 *
 * <pre>
 * ReplicaStatus := pid u64 | uptime ms u64 | cpu ms u64 | resident bytes u64 | wall ms u64
 *                  | timestamps too far ahead u64 | why no vote string | has a store u8 | [store]
 * store         := disk space u8 | figure u64, each in the order of the codes of StoreFigure
 *                  | levels u8 | level, as many | has files u8 | [files] | targets u8 | hints, as many
 * level         := figure u64, each in the order of the codes of LevelFigure
 * files         := tables u64 | log u64 | ballast u64 | other u64
 * hints         := target u8 | waiting varint | oldest ms u64 | overflowed u8
 * </pre>
 */
final class ReplicaStatusCodec {
    private static final Codes<DiskSpace> DISK_SPACES = new Codes<>(DiskSpace.class);

    private ReplicaStatusCodec() {}

    static void write(BytesWriter out, ReplicaStatus status) {
        out.writeLong(status.pid());
        out.writeLong(status.uptimeMs());
        out.writeLong(status.cpuMs());
        out.writeLong(status.residentBytes());
        out.writeLong(status.wallMs());
        out.writeLong(status.timestampsTooFarAhead());
        Texts.write(out, status.whyNoVote());
        out.writeFlag(status.store().isPresent());
        status.store().ifPresent(store -> write(out, store));
    }

    private static void write(BytesWriter out, StoreStatus store) {
        DISK_SPACES.write(out, store.diskSpace());
        StoreFigures figures = store.figures();
        StoreFigure.BY_CODE.forEach(each -> out.writeLong(each.figure().of(figures)));
        List<LevelFigures> levels = figures.tables().levels();
        out.writeByte(levels.size());
        levels.forEach(level ->
                LevelFigure.BY_CODE.forEach(each -> out.writeLong(each.figure().of(level))));
        out.writeFlag(store.files().isPresent());
        store.files().ifPresent(files -> write(out, files));
        out.writeByte(store.hints().size());
        store.hints().forEach(hints -> write(out, hints));
    }

    private static void write(BytesWriter out, FileFigures files) {
        out.writeLong(files.tables());
        out.writeLong(files.log());
        out.writeLong(files.ballast());
        out.writeLong(files.other());
    }

    private static void write(BytesWriter out, HintFigures hints) {
        out.writeByte(hints.target());
        out.writeVarint(hints.waiting());
        out.writeLong(hints.oldestMs());
        out.writeFlag(hints.overflowed());
    }

    static ReplicaStatus read(BytesReader in) {
        return new ReplicaStatus(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Texts.read(in),
                in.readFlag() ? Optional.of(readStore(in)) : Optional.empty());
    }

    private static StoreStatus readStore(BytesReader in) {
        DiskSpace diskSpace = DISK_SPACES.read(in);
        long[] values = readLongs(in, StoreFigure.BY_CODE.size());
        StoreFigures figures = StoreFigure.figuresOf(figure -> values[figure.code()], readLevels(in));
        return new StoreStatus(
                diskSpace, figures, in.readFlag() ? Optional.of(readFiles(in)) : Optional.empty(), readHints(in));
    }

    private static FileFigures readFiles(BytesReader in) {
        return new FileFigures(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }

    private static List<HintFigures> readHints(BytesReader in) {
        int count = in.readByte();
        List<HintFigures> hints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hints.add(new HintFigures(in.readByte(), in.readVarint(), in.readLong(), in.readFlag()));
        }
        return hints;
    }

    private static List<LevelFigures> readLevels(BytesReader in) {
        int count = in.readByte();
        List<LevelFigures> levels = new ArrayList<>();
        for (int level = 0; level < count; level++) {
            long[] values = readLongs(in, LevelFigure.BY_CODE.size());
            levels.add(LevelFigure.figuresOf(figure -> values[figure.code()]));
        }
        return levels;
    }

    private static long[] readLongs(BytesReader in, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readLong();
        }
        return values;
    }
}
