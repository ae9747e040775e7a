import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendReq, AppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected, KeptEvent, Proposed, Written } from './log.ts';

const TICKS_PER_MILLISECOND = 10_000n;

/** The names of the calls that this server says it knows. BatchAppend is among them, to show that a client could choose it. */
export function supportedMethods() {
  const streams = ['read', 'append', 'batchappend'].map((name) => method('event_store.client.streams.streams', name));
  const answer = new featuresPb.SupportedMethods();
  answer.setEventStoreServerVersion('23.10.6');
  answer.setMethodsList([
    ...streams,
    method('event_store.client.server_features.serverfeatures', 'getsupportedmethods'),
  ]);
  return answer;
}

function method(service: string, name: string) {
  const supported = new featuresPb.SupportedMethod();
  supported.setServiceName(service);
  supported.setMethodName(name);
  if (name === 'read') supported.setFeaturesList(['position', 'events']);
  return supported;
}

/** What an append asks for: its options and its events. */
export function appendAsked(requests: readonly AppendReq[]): {
  stream: string;
  expected: Expected;
  proposed: Proposed[];
} {
  const options = requests[0]!.getOptions()!;
  return {
    stream: Buffer.from(options.getStreamIdentifier()!.getStreamName_asU8()).toString('utf8'),
    expected: options.hasRevision()
      ? Number(options.getRevision())
      : options.hasNoStream()
        ? 'no_stream'
        : options.hasStreamExists()
          ? 'stream_exists'
          : 'any',
    proposed: requests.slice(1).map((request) => {
      const message = request.getProposedMessage()!;
      return {
        id: message.getId()!.getString(),
        type: message.getMetadataMap().get('type')!,
        contentType: message.getMetadataMap().get('content-type')!,
        data: Buffer.from(message.getData_asU8()),
        metadata: Buffer.from(message.getCustomMetadata_asU8()),
      };
    }),
  };
}

export function appendAnswer(written: Exclude<Written, { outcome: 'too-large' }>, expected: Expected): AppendResp {
  const answer = new streamsPb.AppendResp();
  if (written.outcome === 'success') {
    const success = new streamsPb.AppendResp.Success();
    success.setCurrentRevision(String(written.revision));
    if (written.position === null) success.setNoPosition(new sharedPb.Empty());
    else {
      const position = new streamsPb.AppendResp.Position();
      position.setCommitPosition(String(written.position));
      position.setPreparePosition(String(written.position));
      success.setPosition(position);
    }
    answer.setSuccess(success);
    return answer;
  }
  const wrong = new streamsPb.AppendResp.WrongExpectedVersion();
  if (written.current === null) wrong.setCurrentNoStream(new sharedPb.Empty());
  else wrong.setCurrentRevision(String(written.current));
  if (typeof expected === 'number') wrong.setExpectedRevision(String(expected));
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new sharedPb.Empty());
  else wrong.setExpectedStreamExists(new sharedPb.Empty());
  answer.setWrongExpectedVersion(wrong);
  return answer;
}

export interface ReadAsked {
  readonly stream: string | null;
  readonly backwards: boolean;
  /** Number of events; null for a subscription. */
  readonly count: number | null;
  readonly from:
    'start' | 'end' | { readonly revision: number } | { readonly commit: bigint; readonly prepare: bigint };
  /** Prefixes of stream names; null without a filter. */
  readonly prefixes: readonly string[] | null;
  /** Events of anybody between two checkpoints. */
  readonly checkpointEvery: number;
}

export function readAsked(request: ReadReq): ReadAsked {
  const options = request.getOptions()!;
  const stream = options.getStream();
  const all = options.getAll();
  const filter = options.getFilter();
  const position = all?.getPosition();
  const window = filter?.hasMax() === true ? filter.getMax() : 32;
  return {
    stream:
      stream === undefined ? null : Buffer.from(stream.getStreamIdentifier()!.getStreamName_asU8()).toString('utf8'),
    backwards: options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.BACKWARDS,
    count: options.hasCount() ? Number(options.getCount()) : null,
    from:
      stream?.hasRevision() === true
        ? { revision: Number(stream.getRevision()) }
        : position !== undefined
          ? { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) }
          : stream?.hasEnd() === true || all?.hasEnd() === true
            ? 'end'
            : 'start',
    prefixes: filter?.getStreamIdentifier()?.getPrefixList() ?? null,
    checkpointEvery: window * (filter?.getCheckpointintervalmultiplier() ?? 1),
  };
}

export function eventAnswer(event: KeptEvent): ReadResp {
  const recorded = new streamsPb.ReadResp.ReadEvent.RecordedEvent();
  const id = new sharedPb.UUID();
  id.setString(event.id);
  recorded.setId(id);
  recorded.setStreamIdentifier(streamIdentifier(event.stream));
  recorded.setStreamRevision(String(event.revision));
  recorded.setCommitPosition(String(event.position));
  recorded.setPreparePosition(String(event.position));
  const metadata = recorded.getMetadataMap();
  metadata.set('type', event.type);
  metadata.set('content-type', event.contentType);
  metadata.set('created', String(BigInt(event.created) * TICKS_PER_MILLISECOND));
  recorded.setData(Uint8Array.from(event.data));
  recorded.setCustomMetadata(Uint8Array.from(event.metadata));
  const read = new streamsPb.ReadResp.ReadEvent();
  read.setEvent(recorded);
  read.setCommitPosition(String(event.position));
  const answer = new streamsPb.ReadResp();
  answer.setEvent(read);
  return answer;
}

export function confirmationAnswer(): ReadResp {
  const confirmation = new streamsPb.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId('00000000-0000-4000-8000-000000000000');
  const answer = new streamsPb.ReadResp();
  answer.setConfirmation(confirmation);
  return answer;
}

export function checkpointAnswer(commit: bigint, prepare: bigint): ReadResp {
  const checkpoint = new streamsPb.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(commit));
  checkpoint.setPreparePosition(String(prepare));
  const answer = new streamsPb.ReadResp();
  answer.setCheckpoint(checkpoint);
  return answer;
}

export function caughtUpAnswer(): ReadResp {
  const answer = new streamsPb.ReadResp();
  answer.setCaughtUp(new streamsPb.ReadResp.CaughtUp());
  return answer;
}

export function streamNotFoundAnswer(stream: string): ReadResp {
  const absent = new streamsPb.ReadResp.StreamNotFound();
  absent.setStreamIdentifier(streamIdentifier(stream));
  const answer = new streamsPb.ReadResp();
  answer.setStreamNotFound(absent);
  return answer;
}

function streamIdentifier(name: string) {
  const identifier = new sharedPb.StreamIdentifier();
  identifier.setStreamName(Uint8Array.from(Buffer.from(name, 'utf8')));
  return identifier;
}
