#include "tests/inspect/sample_records.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/sha256.h"

namespace liggare::inspect {
namespace {

std::string sample_bytes(std::uint64_t position, std::string_view what, std::size_t size) {
  std::string bytes;
  for (std::uint64_t i = 0; bytes.size() < size; ++i) {
    bytes += sha256({fmt::format("{} {} {}", position, what, i)}).view();
  }
  bytes.resize(size);
  return bytes;
}

Section sample_section(std::uint64_t position, PersonalClass personal_class) {
  return {personal_class,
          sample_bytes(position, "key", 16),
          sample_bytes(position, "index", 4),
          sample_bytes(position, "salt of the section", 32),
          sample_bytes(position, "commitment", 32),
          sample_bytes(position, "ciphertext", position % 3 == 0 ? 80 : 272)};
}

domain::Payload sample_payload(std::uint64_t position, domain::StreamKind kind) {
  if (kind == domain::StreamKind::unit) {
    return domain::UnitRenamed{fmt::format("Unit {}", position)};
  }
  switch (position % 3) {
    case 0:
      return domain::NoteRecorded{};
    case 1:
      return domain::OutcomeRecorded{"E1", domain::FollowUp::exit, domain::Outcome::unknown};
    default:
      return domain::ConsentWithdrawn{fmt::format("C{}", position)};
  }
}

}  // namespace

SampleRecord::SampleRecord(std::uint64_t position, std::uint64_t stream_count) {
  const std::uint64_t stream = position % stream_count;
  auto& event = record.event.event;
  event.subject =
      stream == 0 ? domain::Subject{domain::StreamKind::unit, "U1"}
                  : domain::Subject{domain::StreamKind::participant, fmt::format("P{}", stream)};
  event.id = fmt::format("{:08x}-{}", position * 2654435761U % 4294967291U, position);
  event.source = "test/inspect";
  event.effective = Day::first().plus_days(730'000 + static_cast<std::int32_t>(position % 400));
  event.actor = "staff/S1";
  event.data = sample_payload(position, event.subject.kind);
  record.event.position = position;
  record.event.version = position / stream_count + 1;
  record.event.recorded = Instant{1'760'000'000'000'000 + static_cast<std::int64_t>(position)};
  record.event.submitted_by = "token/T1";
  record.salt = sample_bytes(position, "salt", codec::record_salt_bytes);
  if (stream != 0 && position % 2 == 0) {
    event.personal = {PersonalClass::ordinary};
    record.sections = {sample_section(position, PersonalClass::ordinary)};
  }
  subject = event.subject.text();
  encode();
}

store::NewRecord SampleRecord::entry() const {
  return {record.event.event.id, subject, record.event.version, bytes};
}

std::vector<SampleRecord> sample_records(std::uint64_t count, std::uint64_t stream_count) {
  std::vector<SampleRecord> records;
  records.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) records.emplace_back(i, stream_count);
  return records;
}

Result<void> append(store::EventLog& log, const std::vector<SampleRecord>& records) {
  std::size_t batch = 1;
  for (std::size_t begin = 0; begin < records.size(); begin += batch, batch = batch * 2 % 509) {
    std::vector<store::NewRecord> entries;
    for (std::size_t i = begin; i < std::min(begin + batch, records.size()); ++i) {
      entries.push_back(records[i].entry());
    }
    const auto appended = log.append(entries);
    if (!appended) return Unexpected{appended.error()};
  }
  return {};
}

}  // namespace liggare::inspect
